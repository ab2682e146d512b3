import type {SandboxClock} from '../clock.ts';
import type {Kubelets} from '../kubelet/kubelets.ts';
import type {Registry} from '../registry/registry.ts';
import type {ResourceType} from '../registry/resource-type.ts';
import type {User} from './authenticate.ts';
import type {ApiRequest} from './request.ts';

/** What every handler may use. */
export interface Api {
  registry: Registry;
  kubelets: Kubelets;
  clock: SandboxClock;
  /** What tokens of service accounts are signed with. */
  secret: string;
}

/** A request for a resource, taken apart. */
export interface Call {
  request: ApiRequest;
  user: User;
  type: ResourceType;
  /** Not there for cluster-wide resources, and for a list of all namespaces. */
  namespace?: string;
  /** Not there for a collection. */
  name?: string;
  subresource?: string;
  /** A path of the old form, /api/v1/watch/… */
  watch: boolean;
}

/** A call for one object. */
export type NamedCall = Call & {name: string};
