import {parseArgs} from 'node:util';
import {NetworkError} from '../../network/pod-network.ts';
import type {ProcessContext, Program} from '../program.ts';
import {ask, type HttpAnswer} from './http-client.ts';

const options = {
  silent: {type: 'boolean', short: 's'},
  'show-error': {type: 'boolean', short: 'S'},
  output: {type: 'string', short: 'o'},
  head: {type: 'boolean', short: 'I'},
  include: {type: 'boolean', short: 'i'},
  fail: {type: 'boolean', short: 'f'},
  verbose: {type: 'boolean', short: 'v'},
  location: {type: 'boolean', short: 'L'},
  insecure: {type: 'boolean', short: 'k'},
  request: {type: 'string', short: 'X'},
  header: {type: 'string', short: 'H', multiple: true},
  data: {type: 'string', short: 'd'},
  'write-out': {type: 'string', short: 'w'},
  'max-time': {type: 'string', short: 'm'},
  'connect-timeout': {type: 'string'},
} as const;
type Values = ReturnType<typeof parseArgs<{options: typeof options}>>['values'];

/** curl for http over the Pod's network, with the exit codes that scripts look at: 1, 6, 7, 22, 28, 52. */
export const curl: Program = async context => {
  const {values, positionals} = parse(context);
  if (!values) return 2;
  const [address] = positionals;
  if (address === undefined) {
    context.stderr.write("curl: try 'curl --help' for more information\n");
    return 2;
  }
  const url = toUrl(address);
  if (url?.protocol !== 'http:')
    return complain(context, values, 1, `Protocol "${url?.protocol.slice(0, -1) ?? address}" not supported`);
  try {
    return await tell(context, values, await ask(context, url, question(values)));
  } catch (error) {
    return failed(context, values, url, error);
  }
};

const toUrl = (address: string) => URL.parse(/^\w+:\/\//.test(address) ? address : `http://${address}`);

function parse({argv, stderr}: ProcessContext): {values?: Values; positionals: readonly string[]} {
  try {
    return parseArgs({args: argv.slice(1), options, allowPositionals: true});
  } catch (error) {
    const [, option = ''] = /'(-[^']*)'/.exec((error as Error).message) ?? [];
    stderr.write(`curl: option ${option}: is unknown\n`);
    return {positionals: []};
  }
}

function question({head, request, header = [], data}: Values) {
  const headers = Object.fromEntries(
    header.map(line => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  return {
    method: request ?? (head ? 'HEAD' : data === undefined ? 'GET' : 'POST'),
    headers: {
      'user-agent': 'curl/8.14.1',
      accept: '*/*',
      ...(data !== undefined && {'content-type': 'application/x-www-form-urlencoded'}),
      ...headers,
    },
    ...(data !== undefined && {body: data}),
  };
}

async function tell(context: ProcessContext, values: Values, answer: HttpAnswer): Promise<number> {
  const {stdout, container} = context;
  if (values.fail && answer.status >= 400) {
    stdout.write(writeOut(values, answer));
    return complain(context, values, 22, `The requested URL returned error: ${answer.status}`);
  }
  const head = values.head || values.include ? headOf(answer) : '';
  const body = values.head ? Buffer.alloc(0) : answer.body;
  if (values.output === undefined) stdout.write(Buffer.concat([Buffer.from(head), body]));
  else if (values.output !== '/dev/null') await container.files.writeFile(values.output, body);
  stdout.write(writeOut(values, answer));
  return 0;
}

function headOf({status, statusText, rawHeaders}: HttpAnswer): string {
  const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
  return [`HTTP/1.1 ${status} ${statusText}`, ...pairs, '', ''].join('\r\n');
}

const writeOut = ({'write-out': format = ''}: Values, {status}: HttpAnswer) =>
  format.replaceAll('%{http_code}', String(status)).replaceAll('\\n', '\n');

function failed(context: ProcessContext, values: Values, {hostname, port}: URL, error: unknown): number {
  if (isNoHttp(error)) return complain(context, values, 1, 'Received HTTP/0.9 when not allowed');
  if (!(error instanceof NetworkError)) return complain(context, values, 52, 'Empty reply from server');
  if (error.code === 'ENOTFOUND') return complain(context, values, 6, `Could not resolve host: ${hostname}`);
  const where = `Failed to connect to ${hostname} port ${port || 80} after 0 ms`;
  return complain(context, values, 7, `${where}: Could not connect to server`);
}

/** Something came that does not begin like an answer of HTTP 1, such as the greeting of a database. */
const isNoHttp = (error: unknown) =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('HPE_');

function complain({stderr}: ProcessContext, values: Values, code: number, message: string): number {
  if (!values.silent || values['show-error']) stderr.write(`curl: (${code}) ${message}\n`);
  return code;
}
