import {refOf} from '../../world/object.ts';
import {inLab} from '../select.ts';
import {differing} from './field.ts';
import type {Rule} from './rule.ts';
import {serviceSpecOf} from './services.ts';

/** The step wants a headless Service, and this one has an address of its own. */
export const serviceNotHeadless: Rule = ({milestone, mismatches, scene}) => {
  const {object: selector} = milestone;
  const asks = differing(mismatches, 'spec.clusterIP');
  if (selector?.kind !== 'services' || asks?.wanted !== 'None') return undefined;
  const service = inLab(selector, scene).find(one => (serviceSpecOf(one).clusterIP ?? 'None') !== 'None');
  if (!service) return undefined;
  return {
    code: 'service-not-headless',
    facts: {clusterIP: serviceSpecOf(service).clusterIP ?? ''},
    object: refOf('services', service),
    path: 'spec.clusterIP',
    verdict: 'off-track',
  };
};
