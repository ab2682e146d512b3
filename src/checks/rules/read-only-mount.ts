import {type KubeObject, refOf} from '../../world/object.ts';
import {heard} from './heard.ts';
import {containersOf, type Rule, stayingPodsOf} from './rule.ts';

/** What is asked of a Pod cannot come about: a volume of it is mounted so that nobody can write into it. */
export const readOnlyMount: Rule = context => {
  const {milestone} = context;
  if (!milestone.probe) return undefined;
  const asked = heard(context).flatMap(({pod}) => pod ?? []);
  for (const pod of asked.length > 0 ? asked : stayingPodsOf(context))
    for (const {name} of containersOf(pod)) {
      const mount = mountsOf(pod, name).find(
        ({readOnly, mountPath}) => readOnly && !mountPath.startsWith(tokens),
      );
      if (!mount) continue;
      return {
        code: 'read-only-mount',
        facts: {container: name, mountPath: mount.mountPath},
        object: refOf('pods', pod),
        path: 'spec.containers[].volumeMounts[].readOnly',
        verdict: 'off-track',
      };
    }
  return undefined;
};

/** Where every Pod finds what it may show to the API. */
const tokens = '/var/run/secrets/';

interface Mount {
  mountPath: string;
  readOnly?: boolean;
}
const mountsOf = ({spec}: KubeObject, container: string): Mount[] =>
  ((spec as {containers?: {name: string; volumeMounts?: Mount[]}[]} | undefined)?.containers ?? [])
    .filter(({name}) => name === container)
    .flatMap(({volumeMounts = []}) => volumeMounts);
