import type {LogRequest} from '../../kubelet/kubelets.ts';
import {invalid} from '../../status-error.ts';
import type {Answer} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import {flag, integer} from '../list-options.ts';

/** GET of pods/log: plain text, to its end or, with follow, to the container's. */
export async function podLog(api: Api, call: NamedCall): Promise<Answer> {
  const {namespace = '', name} = call;
  const asked = logOptions(call, api.clock.now());
  const stopped = new AbortController();
  const chunks = await api.kubelets.log({namespace, pod: name, ...asked, signal: stopped.signal});
  return {
    code: 200,
    body: {
      type: 'text/plain',
      stream: async (write, signal) => {
        signal.addEventListener('abort', () => stopped.abort(), {once: true});
        if (signal.aborted) stopped.abort();
        for await (const chunk of chunks) await write(chunk);
      },
    },
  };
}

function logOptions(
  {request: {query}, name}: NamedCall,
  now: number,
): Omit<LogRequest, 'namespace' | 'pod' | 'signal'> {
  const container = query.get('container');
  const number = (option: string, least: number) => {
    const value = query.get(option);
    if (value === null || value === '') return undefined;
    const parsed = integer(value);
    if (parsed < least) throw outOfRange(name, option, parsed, least);
    return parsed;
  };
  const tailLines = number('tailLines', 0);
  const limitBytes = number('limitBytes', 1);
  const sinceSeconds = number('sinceSeconds', 1);
  const sinceTime = query.get('sinceTime');
  const since = sinceSeconds === undefined ? Date.parse(sinceTime ?? '') : now - sinceSeconds * 1000;
  return {
    previous: flag(query.get('previous')),
    follow: flag(query.get('follow')),
    timestamps: flag(query.get('timestamps')),
    ...(container && {container}),
    ...(tailLines !== undefined && {tailLines}),
    ...(limitBytes !== undefined && {limitBytes}),
    ...(!Number.isNaN(since) && {since}),
  };
}

const outOfRange = (pod: string, field: string, value: number, least: number) =>
  invalid({group: '', resource: 'pods', kind: 'PodLogOptions'}, pod, [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${value}: must be greater than ${least === 0 ? 'or equal to 0' : '0'}`,
      field,
    },
  ]);
