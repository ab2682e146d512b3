import {type DatabaseId, databases} from '../../lab/databases.ts';
import type {Check} from '../check.ts';
import {ok, warn} from '../finding.ts';
import {nodesEngine} from '../place.ts';

/** What the images of the labs are published for, beside what every other one of them is. */
const published: Record<DatabaseId, ReadonlySet<string>> = {
  mariadb: new Set(['amd64', 'arm64', 'ppc64le', 's390x']),
  mysql: new Set(['amd64', 'arm64']),
};
const names: Record<string, string> = {x86_64: 'amd64', aarch64: 'arm64'};

/** Are there images for this processor? */
export const architecture: Check = facts => {
  const {labs, database} = facts;
  const engine = nodesEngine(facts);
  if (!engine) return [];
  const architecture = names[engine.architecture] ?? engine.architecture;
  if (published[database].has(architecture))
    return [ok('architecture', 'architecture-known', {architecture})];
  const {image} = databases[database];
  const running = labs.filter(lab => lab.database).map(({id}) => id);
  return [warn('architecture', 'architecture-unknown', {architecture, image}, {labs: running})];
};
