import type {Recording} from './recording.ts';
import {runSession, type Stage} from './run-session.ts';
import type {Session} from './session.ts';

/**
 * Runs sessions side by side, and those that change nodes one after the other when all others have ended.
 * @param done what happens with each; a session that threw has no recording
 */
export async function runSessions(
  sessions: readonly Session[],
  stage: Stage,
  sideBySide: number,
  done: (session: Session, outcome: PromiseSettledResult<Recording>) => Promise<void>,
): Promise<void> {
  const perform = async (session: Session) => {
    const [outcome] = await Promise.allSettled([runSession(session, stage)]);
    await done(session, outcome);
  };
  const waiting = sessions.filter(({nodes}) => !nodes);
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await perform(next);
  };
  await Promise.all(Array.from({length: sideBySide}, worker));
  for (const session of sessions.filter(({nodes}) => nodes)) await perform(session);
}
