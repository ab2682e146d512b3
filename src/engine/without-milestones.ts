import type {Judgement} from '../checks/judgement.ts';
import type {Step} from '../lab/schema.ts';
import type {World} from '../world/world.ts';

/** The cluster has done its part of a look or predict step; the learner has not. */
export const learnersTurn = ({id, type}: Step): Judgement =>
  type === 'look'
    ? {verdict: 'converging', mismatches: [{type: 'not-looked-yet'}]}
    : {verdict: 'off-track', todo: true, mismatches: [{type: 'no-answer-yet', milestone: id}]};

/**
 * The API cannot be seen: what was last said of the step stays, but for the verdict.
 * @param last undefined where nothing was said yet
 */
export const whileBlind = (
  {since, cause}: NonNullable<World['blind']>,
  {mismatches, waitingFor}: Judgement = {verdict: 'cannot-tell', mismatches: []},
): Judgement => ({
  verdict: 'cannot-tell',
  mismatches,
  ...(waitingFor === undefined ? {} : {waitingFor}),
  diagnosis: {
    code: 'blind',
    facts: {since},
    proof: cause instanceof Error ? cause.message : String(cause),
  },
});
