import type {Check} from '../check.ts';
import {ok, warn} from '../finding.ts';
import {portsOf} from '../needing.ts';

/** Is a port of this machine free that a lab forwards? */
export const ports: Check = ({labs, machine: {portsTaken}}) => {
  const asked = [...new Set(labs.flatMap(portsOf))];
  if (asked.length === 0) return [];
  const taken = asked.filter(port => portsTaken.includes(port));
  if (taken.length === 0) return [ok('ports', 'ports-free', {ports: asked})];
  return taken.map(port =>
    warn(
      'ports',
      'port-taken',
      {port},
      {labs: labs.filter(lab => portsOf(lab).includes(port)).map(({id}) => id)},
    ),
  );
};
