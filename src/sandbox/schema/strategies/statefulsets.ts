import type {PersistentVolumeClaim} from 'kubernetes-types/core/v1.d.ts';
import type {Of, Stored} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {canonicalizeQuantities} from './canonical-quantities.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';

export const statefulSets: Strategy<Of<'statefulsets.apps'>> = {
  defaults(set) {
    set.spec ??= {selector: {}, serviceName: '', template: {}};
    const {spec} = set;
    spec.template = templateWithDefaults(set, spec.template);
    spec.replicas ??= 1;
    spec.serviceName ??= '';
    spec.podManagementPolicy ||= 'OrderedReady';
    spec.updateStrategy ??= {};
    spec.updateStrategy.type ||= 'RollingUpdate';
    if (spec.updateStrategy.type === 'RollingUpdate') {
      spec.updateStrategy.rollingUpdate ??= {};
      spec.updateStrategy.rollingUpdate.partition ??= 0;
    }
    spec.revisionHistoryLimit ??= 10;
    spec.persistentVolumeClaimRetentionPolicy ??= {};
    spec.persistentVolumeClaimRetentionPolicy.whenDeleted ??= 'Retain';
    spec.persistentVolumeClaimRetentionPolicy.whenScaled ??= 'Retain';
    for (const template of spec.volumeClaimTemplates ?? []) setClaimTemplateDefaults(set, template);
    set.status ??= {replicas: 0};
    set.status.availableReplicas ??= 0;
  },
  beforeCreate(set) {
    set.status = {replicas: 0, availableReplicas: 0};
  },
};

/** Each is a whole claim, and is shown as one. */
function setClaimTemplateDefaults(set: Stored<unknown>, template: Writable<PersistentVolumeClaim>): void {
  template.apiVersion = 'v1';
  template.kind = 'PersistentVolumeClaim';
  template.metadata ??= {};
  template.spec ??= {};
  template.spec.volumeMode ??= 'Filesystem';
  template.status ??= {phase: 'Pending'};
  canonicalizeQuantities(set, template.spec.resources?.requests);
}

type Writable<T> = {-readonly [Field in keyof T]: T[Field]};
