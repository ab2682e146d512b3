import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {readAccess} from './cluster.ts';
import {type Comparison, compare} from './compare.ts';
import {loadKnownDifferences, withoutKnown} from './known-differences.ts';
import {kubectl} from './kubectl.ts';
import {readRecording} from './recording.ts';
import {openStage, runSession, type Stage} from './run-session.ts';
import {type SandboxUp, sandboxUp} from './sandbox-up.ts';
import {sayComparison, sayTotal} from './say.ts';
import {loadSessions, type Session} from './session.ts';

const sessions = await loadSessions();
const known = await loadKnownDifferences();
const here = await kubectlMinor();
const recorded = '1.35';

// Much of what kubectl says is its own: another minor says it in other words.
describe.skipIf(here !== recorded)(`with kubectl ${recorded}, as on a real cluster`, () => {
  let sandbox: SandboxUp;
  let stage: Stage;
  const comparisons = new Map<string, Comparison>();
  beforeAll(async () => {
    sandbox = await sandboxUp();
    stage = await openStage(await readAccess(sandbox.kubeconfig));
  });
  afterAll(async () => {
    console.log(sayTotal([...comparisons.values()]));
    await sandbox?.remove();
  });

  const agreesWithRecording = async (session: Session) => {
    const got = await runSession(session, stage);
    const comparison = compare(session, await readRecording(join(session.folder, 'recorded.yaml')), got);
    comparisons.set(session.name, comparison);
    expect(sayComparison(withoutKnown(comparison, known))).toBe('');
  };

  describe.concurrent('side by side', () => {
    test.for(sessions.filter(({nodes}) => !nodes))('$name', agreesWithRecording);
  });
  // Concurrent tests have ended when these begin.
  describe('one after the other', () => {
    test.for(sessions.filter(({nodes}) => nodes))('$name', agreesWithRecording);
  });
});

/** For example 1.35; undefined where there is no kubectl. */
async function kubectlMinor(): Promise<string | undefined> {
  const options = {directory: '/', home: '/nonexistent', kubeconfig: '/nonexistent'};
  try {
    const {stdout} = await kubectl(['version', '--client', '-o', 'json'], options);
    const {clientVersion} = JSON.parse(stdout) as {clientVersion: {major: string; minor: string}};
    return `${clientVersion.major}.${clientVersion.minor}`;
  } catch {
    return undefined;
  }
}
