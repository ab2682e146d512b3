import {type KubeObject, refOf} from '../../world/object.ts';
import type {NetworkFacts} from '../facts/network.ts';
import {inLab, type Scene} from '../select.ts';
import {evidenceKey} from './crash-loop.ts';
import {heardOf} from './heard.ts';
import {bornAt, containersOf, type Rule, stayingPodsOf} from './rule.ts';

interface EnvVar {
  name: string;
  valueFrom?: {secretKeyRef?: {name: string; key: string}};
}

const refusal =
  /Access denied for user '([^']*)'@'[^']*' (?:to database '([^']*)'|\(using password: (YES|NO)\))/;

/**
 * The database refuses the password. It took its own when it was first started on an empty directory, from a variable
 * of its container, and keeps it whatever becomes of the variable or the Secret.
 */
export const accessDenied: Rule = context => {
  const output = heardOf(refusal, context);
  if (!output) return undefined;
  const server = serverPod(output.pod, context.scene);
  const facts = factsOf(output.groups, server);
  const {secret} = facts.from ?? {};
  return {
    code: 'access-denied',
    facts: {...facts, changed: secret !== undefined && wasChanged(secret, server, context.scene)},
    ...(server ? {object: refOf('pods', server)} : {}),
    verdict: 'off-track',
    proof: output.text,
  };
};

/** A client in a Pod of its own came with another password than the server's, and so the Pod ended. */
export const clientRefused: Rule = context => {
  for (const pod of stayingPodsOf(context))
    for (const container of containersOf(pod)) {
      const proof = context.attempt.evidence.get(evidenceKey(pod, container)) ?? '';
      const refused = refusal.exec(proof);
      if (!refused || !proof.startsWith('ERROR ') || !container.state?.terminated) continue;
      const server = inLab({kind: 'pods'}, context.scene).find(one => one !== pod && isServer(one));
      return {
        code: 'access-denied',
        facts: {...factsOf(refused.slice(1), server), changed: false, client: true},
        object: refOf('pods', pod),
        verdict: 'off-track',
        proof,
      };
    }
  return undefined;
};

/** @param said what `refusal` has found: the user, the database, whether there was a password */
function factsOf(
  [user = '', database, password]: readonly (string | undefined)[],
  server: KubeObject | undefined,
): Omit<NetworkFacts['access-denied'], 'changed'> {
  const from = server && passwordSource(server, user);
  return {
    user,
    password: password !== 'NO',
    ...(from ? {from} : {}),
    ...(database === undefined ? {} : {database}),
  };
}

const passwordOf = (user: string) => (user === 'root' ? /_ROOT_PASSWORD$/ : /^(MARIADB|MYSQL)_PASSWORD$/);

/** The Pod asked, if the server runs there; else the one that was given a password for its users. */
function serverPod(asked: KubeObject | undefined, scene: Scene): KubeObject | undefined {
  return asked && isServer(asked) ? asked : inLab({kind: 'pods'}, scene).find(isServer);
}

const isServer = (pod: KubeObject) => envOf(pod).some(({name}) => /^(MARIADB|MYSQL)_/.test(name));

const envOf = (pod: KubeObject): EnvVar[] =>
  ((pod.spec as {containers?: {env?: EnvVar[]}[]} | undefined)?.containers ?? []).flatMap(
    ({env = []}) => env,
  );

function passwordSource(pod: KubeObject, user: string): NetworkFacts['access-denied']['from'] {
  const variable = envOf(pod).find(({name}) => passwordOf(user).test(name));
  if (!variable) return undefined;
  const ref = variable.valueFrom?.secretKeyRef;
  return {env: variable.name, ...(ref ? {secret: ref.name, key: ref.key} : {})};
}

/** Has the Secret other values now than when the server's Pod was first seen? */
function wasChanged(secret: string, server: KubeObject | undefined, scene: Scene): boolean {
  const {world, namespace} = scene;
  const born = server ? bornAt(server, scene) : 0;
  return world
    .tracks('secrets')
    .some(({versions}) =>
      versions.some(
        ({at, object}, index) =>
          index > 0 &&
          at > born &&
          object?.metadata.name === secret &&
          object.metadata.namespace === namespace &&
          JSON.stringify(object.data) !== JSON.stringify(versions[index - 1]?.object?.data),
      ),
    );
}
