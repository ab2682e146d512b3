import type {PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import type {LabelSelector} from 'kubernetes-types/meta/v1.d.ts';
import {selects} from '../../../label-selector.ts';
import type {StatusCause} from '../../../status-error.ts';
import {forbidden, invalid, notSupported, required} from '../field-errors.ts';
import {sorted} from '../go-json.ts';
import {shownSelector, validateLabelSelector} from '../label-selector.ts';
import {validateTemplate} from './validate.ts';

/** What Deployments, ReplicaSets and StatefulSets have in common: a selector, and a template that it selects. */
export function validateReplicated(
  {selector, template}: {selector?: LabelSelector; template?: PodTemplateSpec},
  kind: 'deployment' | 'statefulset',
  claims: readonly string[] = [],
): StatusCause[] {
  const field = 'spec.selector';
  if (!selector)
    return [required(field, ''), ...validateLasting(selector, template ?? {}, 'ReplicaSet', claims)];
  const wrong = validateLabelSelector(selector, field);
  if (wrong.length > 0) return [...wrong, invalid(field, shownSelector(selector), 'invalid label selector')];
  return [
    ...(isEmpty(selector) ? [invalid(field, selector, `empty selector is invalid for ${kind}`)] : []),
    ...validateLasting(selector, template ?? {}, 'ReplicaSet', claims),
  ];
}

/** A template whose Pods run until somebody ends them. */
export function validateLasting(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec,
  owner: 'ReplicaSet' | 'DaemonSet',
  claims: readonly string[] = [],
): StatusCause[] {
  const {restartPolicy, activeDeadlineSeconds} = template.spec ?? {};
  const field = 'spec.template';
  return [
    ...validateSelected(selector, template, field),
    ...validateTemplate(template, field, claims),
    ...(restartPolicy === 'Always'
      ? []
      : [notSupported(`${field}.spec.restartPolicy`, restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [
          forbidden(
            `${field}.spec.activeDeadlineSeconds`,
            `activeDeadlineSeconds in ${owner} is not Supported`,
          ),
        ]),
  ];
}

/** The Pods must be those that are selected. No selector selects none, an empty one is told apart. */
export function validateSelected(
  selector: LabelSelector | undefined,
  {metadata}: PodTemplateSpec,
  field: string,
): StatusCause[] {
  const labels = metadata?.labels;
  if (selects(selector, labels)) return [];
  return [
    invalid(
      `${field}.metadata.labels`,
      labels ? sorted(labels) : null,
      '`selector` does not match template `labels`',
    ),
  ];
}

export const isEmpty = ({matchLabels = {}, matchExpressions = []}: LabelSelector) =>
  Object.keys(matchLabels).length + matchExpressions.length === 0;
