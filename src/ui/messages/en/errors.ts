import type {ErrorSentences} from '../sentences.ts';
import {bundles} from './errors/bundles.ts';
import {clusters} from './errors/clusters.ts';
import {contexts} from './errors/contexts.ts';
import {files} from './errors/files.ts';
import {programs} from './errors/programs.ts';
import {labNeeds} from './lab-needs.ts';

export const errors: ErrorSentences = {
  ...programs,
  ...clusters,
  ...contexts,
  ...bundles,
  ...files,
  'unknown-lab': ({lab, suggestion}) => ({
    what: `There is no lab "${lab}".`,
    next: suggestion
      ? `Did you mean "${suggestion}"? statelab labs shows them all.`
      : 'statelab labs shows them all.',
  }),
  'broken-lab': ({problems}) => ({
    what: `The lab has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:\n${problems
      .map(
        ({file, line, path, message}) =>
          `  ${file}${line === undefined ? '' : `:${line}`}${path ? ` ${path}` : ''}: ${message}`,
      )
      .join('\n')}`,
    next: 'Mend the file and start again.',
  }),
  'unknown-step': ({lab, step, steps}) => ({
    what: `The lab ${lab} has no step "${step}".`,
    next: `Its steps are ${steps.join(', ')}.`,
  }),
  'no-lab-open': () => ({
    what: 'No lab has been started yet.',
    next: 'statelab run <lab> starts one; statelab labs shows them all.',
  }),
  'database-differs': ({lab, begun, asked}) => ({
    what: `The lab ${lab} was begun with ${begun}, and its files are not for ${asked}, so it goes on with ${begun}.`,
    next: `Leave out --database (or STATELAB_DATABASE) to go on, or begin anew: statelab reset ${lab}, then statelab run ${lab} --database ${asked}.`,
  }),
  'needs-answer': ({question, flag}) => ({
    what: `There is no terminal to ask: ${question}`,
    next: `Answer beforehand with ${flag}.`,
  }),
  'reset-incomplete': ({left, mend}) => ({
    what: `Not everything could be undone. Left: ${left.join(', ')}.`,
    next: `Try again; if it stays, do it by hand: ${mend.join('; ')}`,
  }),
  'lab-needs': labNeeds,
  'step-not-reached': ({step}) => ({
    what: `The step "${step}" was not reached.`,
    next: 'statelab check says what is missing.',
  }),
  'not-ready': ({provider}) => ({
    what: 'This machine is not ready for the labs, so nothing was begun.',
    next: `statelab doctor --provider ${provider} shows all that was looked at${provider === 'sandbox' ? '' : '; --provider sandbox does without Docker'}.`,
  }),
  usage: ({detail}) => ({what: detail, next: 'statelab --help shows what there is.'}),
  interrupted: () => ({
    what: 'Stopped.',
    next: 'Your progress is kept: statelab run goes on where you were.',
  }),
};
