import type {Container} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../objects.ts';
import {quantityValue} from '../quantity.ts';

/** By resource name: thousandths of a core for cpu (whole, so that sums stay exact), bytes for memory. */
export type Amounts = Readonly<Record<string, number>>;

/**
 * What a Pod asks of its node: its containers together, or its greediest init container, whichever is more;
 * sidecars (init containers that restart always) count beside both. Its overhead comes on top.
 */
export function podRequests({spec}: Of<'pods'>): Amounts {
  let sidecars: Amounts = {};
  let starting: Amounts = {};
  for (const container of spec?.initContainers ?? []) {
    const asked = containerRequests(container);
    if (container.restartPolicy === 'Always') sidecars = sum(sidecars, asked);
    starting = most(starting, container.restartPolicy === 'Always' ? sidecars : sum(sidecars, asked));
  }
  const running = (spec?.containers ?? []).map(containerRequests).reduce(sum, sidecars);
  return sum(most(running, starting), amounts(spec?.overhead));
}

const containerRequests = ({resources}: Container) => amounts({...resources?.limits, ...resources?.requests});

/** @param quantities e.g. the allocatable of a node */
export const amounts = (quantities: Readonly<Record<string, string>> = {}): Amounts =>
  Object.fromEntries(
    Object.entries(quantities).map(([name, quantity]) => [name, amount(name, quantityValue(quantity))]),
  );

const amount = (name: string, value: number) => (name === 'cpu' ? Math.ceil(value * 1000 - 1e-6) : value);

export const sum = (one: Amounts, other: Amounts) => merge(one, other, (a, b) => a + b);
export const difference = (one: Amounts, other: Amounts) => merge(one, other, (a, b) => a - b);
const most = (one: Amounts, other: Amounts) => merge(one, other, Math.max);

function merge(one: Amounts, other: Amounts, how: (a: number, b: number) => number): Amounts {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map(name => [name, how(one[name] ?? 0, other[name] ?? 0)]));
}
