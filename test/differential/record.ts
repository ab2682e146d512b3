import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {readAccess} from './cluster.ts';
import {type Comparison, compare} from './compare.ts';
import {readRecording, writeRecording} from './recording.ts';
import {openStage} from './run-session.ts';
import {runSessions} from './run-sessions.ts';
import {sayComparison, sayTotal} from './say.ts';
import {loadSessions} from './session.ts';

/*
 * node test/differential/record.ts <kubeconfig> [session…]
 *   records sessions on a real cluster, as what the sandbox is held to
 * node test/differential/record.ts --compare <kubeconfig> [session…]
 *   runs them and compares with what was recorded, changing nothing
 */
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    compare: {type: 'boolean', default: false},
    'side-by-side': {type: 'string', default: '4'},
  },
});
const [kubeconfig, ...wanted] = positionals;
if (!kubeconfig)
  throw new Error('usage: node test/differential/record.ts [--compare] <kubeconfig> [session…]');

const all = await loadSessions();
const sessions = wanted.length > 0 ? all.filter(({name}) => wanted.includes(name)) : all;
const comparisons: Comparison[] = [];
const stage = await openStage(await readAccess(kubeconfig));
await runSessions(sessions, stage, Number(values['side-by-side']), async (session, outcome) => {
  if (outcome.status === 'rejected') {
    process.exitCode = 1;
    console.error(`${session.name}: ${outcome.reason}`);
    return;
  }
  const file = join(session.folder, 'recorded.yaml');
  if (!values.compare) {
    await writeRecording(file, outcome.value);
    for (const {run, unsettled} of outcome.value.steps)
      if (unsettled) console.error(`${session.name}: after ${run}: never came: ${unsettled}`);
    return;
  }
  const comparison = compare(session, await readRecording(file), outcome.value);
  comparisons.push(comparison);
  const differences = sayComparison(comparison);
  if (differences) console.log(differences);
});
if (values.compare) console.log(sayTotal(comparisons));
