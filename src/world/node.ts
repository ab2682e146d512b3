import type {KubeObject} from './object.ts';

/** Does the node say of itself that Pods can run on it, and was it heard of lately? */
export function isReady({status}: KubeObject): boolean {
  const {conditions = []} = (status ?? {}) as {conditions?: {type: string; status: string}[]};
  return conditions.some(({type, status}) => type === 'Ready' && status === 'True');
}
