import {shellWord} from '../../shell-word.ts';
/** What whoever runs a cluster types to give a learner a namespace for a lab, one command a line. */
export const commandsToPrepare = (namespace: string, lab: string, user: string | undefined): string =>
  [
    `  kubectl create namespace ${namespace}`,
    `  kubectl label namespace ${namespace} statelab.dev/lab=${lab}`,
    commandToBind(namespace, user),
  ].join('\n');

/** What gives the learner the rights that labs take in it. */
export const commandToBind = (namespace: string, user = '<user>'): string => {
  const account = /^system:serviceaccount:(.+)$/.exec(user)?.[1];
  const who = account === undefined ? `--user=${shellWord(user)}` : `--serviceaccount=${account}`;
  return `  kubectl create rolebinding statelab -n ${namespace} --clusterrole=admin ${who}`;
};
