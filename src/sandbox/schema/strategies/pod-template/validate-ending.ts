import type {PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import type {StatusCause} from '../../../status-error.ts';
import {required} from '../field-errors.ts';
import {validateTemplate} from './validate.ts';

/** A template whose Pods come to an end: a Job's. */
export function validateEnding(template: PodTemplateSpec, field: string): StatusCause[] {
  const policy = template.spec?.restartPolicy;
  return [
    ...validateTemplate(template, field),
    ...(policy === 'OnFailure' || policy === 'Never'
      ? []
      : [required(`${field}.spec.restartPolicy`, 'valid values: "OnFailure", "Never"')]),
  ];
}
