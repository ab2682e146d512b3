import type {ErrorSentences} from '../../sentences.ts';

export const files = {
  'journal-newer': ({file, found, known}) => ({
    what: `Your progress in ${file} was written by a newer statelab (version ${found}; this one knows ${known}).`,
    next: 'Update statelab. The file was left as it is.',
  }),
  'journal-broken': ({file, line}) => ({
    what: `Line ${line} of your progress in ${file} cannot be read.`,
    next: 'Mend the line, or move the file away to begin anew. It was left as it is.',
  }),
  'journal-unwritable': ({file, detail}) => ({
    what: `Your progress cannot be written to ${file}: ${detail}`,
    next: 'Make room (or set STATELAB_HOME to another disk) and start again. What was written before is safe.',
  }),
  'file-unwritable': ({file, detail}) => ({
    what: `${file} cannot be written: ${detail}`,
    next: 'Make room, or set STATELAB_HOME to a folder that you may write to, and start again.',
  }),
  'journal-locked': ({lab, pid}) => ({
    what: `The lab ${lab} is running in another terminal already (process ${pid}).`,
    next: 'Go on there, or end it first.',
  }),
} satisfies Partial<ErrorSentences>;
