import {dnsSubdomain, type NameRule, pathSegment} from './names.ts';
import type {Writing} from './writing.ts';

/** What a resource's names must look like, where its strategy does not say. */
export const nameRuleOf = ({type, strategy}: Writing): NameRule =>
  strategy.nameRule ?? (type.group === 'rbac.authorization.k8s.io' ? pathSegment : dnsSubdomain);
