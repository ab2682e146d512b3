import {parseArgsStringToArgv} from 'string-argv';
import {parseAllDocuments} from 'yaml';
import type {Lab} from '../lab.ts';
import type {Step} from '../schema.ts';
import {withoutPlaceholders} from '../variables.ts';
import {commandsOf} from './commands.ts';
import {type At, inLab, type Rule} from './rule.ts';

type ClusterWideNeed = 'nodeOperations' | 'nodeChanges' | 'persistentVolumes';

/**
 * What belongs to all users of a cluster is changed only where `needs` says so: without it, a lab would do so on a
 * cluster of somebody else without asking.
 */
export const clusterWideIsNeeded: Rule = lab =>
  commandsOf(lab).flatMap(command => {
    const step = lab.steps[Number(/^steps\[(\d+)\]/.exec(command.path)?.[1])];
    return step ? missingIn(lab, step, command) : [];
  });

function missingIn(lab: Lab, step: Step, {path, value}: At<string>) {
  const asked = [lab.needs, step.needs];
  return value
    .split('\n')
    .flatMap(line => changedBy(parseArgsStringToArgv(line), lab) ?? [])
    .filter(need => !asked.some(needs => needs?.[need]))
    .map(need => inLab(path, `changes what belongs to the whole cluster, so needs must have ${need}: true`));
}

/** What a command line changes of the whole cluster; undefined when it is nothing. */
function changedBy(words: readonly string[], lab: Lab): ClusterWideNeed | undefined {
  const [program, verb = '', ...rest] = words;
  if (program === 'statelab')
    return verb === 'node' && ['stop', 'start'].includes(rest[0] ?? '') ? 'nodeOperations' : undefined;
  if (['cordon', 'uncordon', 'drain', 'taint'].includes(verb)) return 'nodeChanges';
  if (!writing.has(verb)) return undefined;
  const about = rest.filter(word => !word.startsWith('-'));
  if (about.some(word => /^(no|nodes?)($|[/])/.test(word))) return 'nodeChanges';
  const volumes = about.some(word => /^(pv|persistentvolumes?)($|[/])/.test(word));
  return volumes || about.some(word => makesVolume(lab.manifests[word])) ? 'persistentVolumes' : undefined;
}

const writing = new Set(['apply', 'create', 'delete', 'patch', 'label', 'annotate', 'replace', 'edit']);

const makesVolume = (manifest = ''): boolean =>
  parseAllDocuments(withoutPlaceholders(manifest)).some(
    document => (document.toJS() as {kind?: string} | null)?.kind === 'PersistentVolume',
  );
