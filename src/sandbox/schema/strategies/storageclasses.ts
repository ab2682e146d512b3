import {isDeepStrictEqual} from 'node:util';
import type {Of} from '../../objects.ts';
import {qualifiedName} from '../../registry/names.ts';
import type {Strategy} from '../../registry/strategy.ts';
import type {StatusCause} from '../../status-error.ts';
import {forbidden, invalid, required} from './field-errors.ts';
import {immutable} from './immutable.ts';
import {oneOf} from './one-of.ts';

export const storageClasses: Strategy<Of<'storageclasses.storage.k8s.io'>> = {
  defaults(storageClass) {
    storageClass.reclaimPolicy ??= 'Delete';
    storageClass.volumeBindingMode ??= 'Immediate';
  },
  validate({provisioner, parameters = {}, reclaimPolicy, volumeBindingMode}) {
    return [
      ...validateProvisioner(provisioner),
      ...('' in parameters ? [invalid('parameters', '', 'field can not be empty.')] : []),
      ...oneOf('reclaimPolicy', reclaimPolicy, ['Delete', 'Retain']),
      ...oneOf('volumeBindingMode', volumeBindingMode, ['Immediate', 'WaitForFirstConsumer']),
    ];
  },
  validateUpdate: (storageClass, before) => [
    ...(['parameters', 'provisioner', 'reclaimPolicy'] as const)
      .filter(field => !isDeepStrictEqual(storageClass[field], before[field]))
      .map(field => forbidden(field, `updates to ${field} are forbidden.`)),
    ...immutable('volumeBindingMode', storageClass.volumeBindingMode, before.volumeBindingMode),
  ],
};

const validateProvisioner = (provisioner: string | undefined): StatusCause[] =>
  provisioner
    ? qualifiedName(provisioner.toLowerCase()).map(said => invalid('provisioner', provisioner, said))
    : [required('provisioner', '')];
