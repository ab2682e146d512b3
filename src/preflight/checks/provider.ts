import type {Check} from '../check.ts';
import {stop} from '../finding.ts';
import {everyLab} from '../place.ts';

/** Why the provider cannot be used, unless what Docker says explains it already. */
export const provider: Check = facts => {
  const {refusal, docker, place} = facts;
  if (!refusal || (docker && docker.state !== 'up')) return [];
  const {code, facts: about} = refusal;
  const said = {provider: place.provider, error: {code, facts: about}};
  return [stop('provider', 'provider-refuses', said, {labs: everyLab(facts)})];
};
