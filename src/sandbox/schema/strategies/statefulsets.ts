import {isDeepStrictEqual} from 'node:util';
import type {
  StatefulSetPersistentVolumeClaimRetentionPolicy,
  StatefulSetSpec,
  StatefulSetUpdateStrategy,
} from 'kubernetes-types/apps/v1.d.ts';
import type {PersistentVolumeClaim} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import {dnsLabel} from '../../registry/names.ts';
import type {Strategy} from '../../registry/strategy.ts';
import type {StatusCause} from '../../status-error.ts';
import {forbidden, invalid} from './field-errors.ts';
import {goJson} from './go-json.ts';
import {nonNegative} from './numbers.ts';
import {oneOf} from './one-of.ts';
import {validateClaimSpec} from './persistentvolumeclaims/validate-spec.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';
import {validateReplicated} from './pod-template/validate-workload.ts';
import {templateWarnings} from './pod-template/warnings.ts';

export const statefulSets: Strategy<Of<'statefulsets.apps'>> = {
  defaults(set) {
    set.spec ??= {} as StatefulSetSpec;
    const {spec} = set;
    spec.template = templateWithDefaults(spec.template);
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
    for (const template of spec.volumeClaimTemplates ?? []) setClaimTemplateDefaults(template);
    set.status ??= {replicas: 0};
    set.status.availableReplicas ??= 0;
  },
  beforeCreate(set) {
    set.status = {replicas: 0, availableReplicas: 0};
  },
  // Its Pods' host names are made from it.
  nameRule: dnsLabel,
  validate: ({spec}) => (spec ? validateSpec(spec) : []),
  validateUpdate: ({spec}, {spec: before}) => (spec && before ? validateSpecUpdate(spec, before) : []),
  warnings: templateWarnings(({spec}) => spec?.template),
};

function validateSpec(spec: StatefulSetSpec): StatusCause[] {
  const {podManagementPolicy: policy, serviceName} = spec;
  return [
    ...(policy === 'OrderedReady' || policy === 'Parallel'
      ? []
      : [invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'")]),
    ...validateUpdateStrategy(spec.updateStrategy ?? {}, 'spec.updateStrategy'),
    ...validateRetention(
      spec.persistentVolumeClaimRetentionPolicy ?? {},
      'spec.persistentVolumeClaimRetentionPolicy',
    ),
    ...nonNegative('spec.replicas', spec.replicas),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...nonNegative('spec.ordinals.start', spec.ordinals?.start),
    ...(serviceName ? dnsLabel(serviceName).map(said => invalid('spec.serviceName', serviceName, said)) : []),
    ...validateReplicated(
      spec,
      'statefulset',
      (spec.volumeClaimTemplates ?? []).flatMap(({metadata}) => metadata?.name ?? []),
    ),
    ...(spec.volumeClaimTemplates ?? []).flatMap((template, index) =>
      validateClaimSpec(template.spec ?? {}, `spec.volumeClaimTemplates[${index}].spec`),
    ),
  ];
}

function validateUpdateStrategy(strategy: StatefulSetUpdateStrategy, field: string): StatusCause[] {
  const {type, rollingUpdate} = strategy;
  if (type === 'RollingUpdate')
    return rollingUpdate ? nonNegative(`${field}.rollingUpdate.partition`, rollingUpdate.partition) : [];
  if (type !== 'OnDelete')
    return [invalid(field, goJson('Strategy', strategy), "must be 'RollingUpdate' or 'OnDelete'")];
  return rollingUpdate
    ? [
        invalid(
          `${field}.rollingUpdate`,
          goJson('StatefulSetRollingUpdate', rollingUpdate),
          "only allowed for updateStrategy 'RollingUpdate'",
        ),
      ]
    : [];
}

function validateRetention(
  {whenDeleted, whenScaled}: StatefulSetPersistentVolumeClaimRetentionPolicy,
  field: string,
): StatusCause[] {
  const policies = ['Retain', 'Delete'];
  return [
    ...oneOf(`${field}.whenDeleted`, whenDeleted, policies, {inOrder: true}),
    ...oneOf(`${field}.whenScaled`, whenScaled, policies, {inOrder: true}),
  ];
}

const changeable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const satisfies (keyof StatefulSetSpec)[];

function validateSpecUpdate(spec: StatefulSetSpec, before: StatefulSetSpec): StatusCause[] {
  const same = isDeepStrictEqual(...([spec, before].map(fixedPart) as [unknown, unknown]));
  if (same) return [];
  const names = changeable.map(field => `'${field}'`);
  const listed = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return [forbidden('spec', `updates to statefulset spec for fields other than ${listed} are forbidden`)];
}

const fixedPart = (spec: StatefulSetSpec) =>
  Object.fromEntries(Object.entries(spec).filter(([field]) => !changeable.some(one => one === field)));

/** Each is a whole claim, and is shown as one. */
function setClaimTemplateDefaults(template: Writable<PersistentVolumeClaim>): void {
  template.apiVersion = 'v1';
  template.kind = 'PersistentVolumeClaim';
  template.metadata ??= {};
  template.spec ??= {};
  template.spec.volumeMode ??= 'Filesystem';
  template.status ??= {phase: 'Pending'};
}

type Writable<T> = {-readonly [Field in keyof T]: T[Field]};
