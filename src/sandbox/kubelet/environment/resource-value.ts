import type {Container, ResourceFieldSelector} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import {quantityValue} from '../../quantity.ts';

/**
 * The value of a resourceFieldRef, in units of its divisor, rounded up. A limit that is not set is what the node
 * can give.
 */
export function resourceValue(
  {resource, divisor = '1'}: Pick<ResourceFieldSelector, 'resource' | 'divisor'>,
  container: Container | undefined,
  node: Of<'nodes'> | undefined,
): string {
  const [kind = '', ...rest] = resource.split('.');
  const name = rest.join('.');
  const own = container?.resources?.[kind as 'limits' | 'requests']?.[name];
  const allocatable = kind === 'limits' ? node?.status?.allocatable?.[name] : undefined;
  // A divisor of 0 is what the API fills in for none.
  const unit = quantityValue(divisor) || 1;
  return String(Math.ceil(quantityValue(own ?? allocatable ?? '0') / unit));
}
