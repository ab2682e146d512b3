import type {Question} from '../../commands/view.ts';
import type {Messages} from '../messages/messages.ts';

/** A question in one sentence, or a few. */
export function sayQuestion(question: Question, {words}: Messages): string {
  switch (question.code) {
    case 'raise-inotify':
      return words.inotifyAsk(question.from, question.to);
    case 'reset':
      return words.resetAsk;
    case 'restore':
      return words.restoreAsk(question.cluster);
    case 'forget':
      return words.forgetAsk;
    case 'finish-restore':
      return words.finishAsk;
    case 'replace-bundle':
      return words.replaceAsk(question.file);
    case 'put-back':
      return words.putBackAsk[question.when];
    case 'delete-cluster':
      return words.deleteAsk(question);
    case 'use-context':
      return words.contextAsk(question);
  }
}

/** What Enter alone means: yes where nothing is lost by it that the learner may still want. */
export const isYesByDefault = (question: Question): boolean =>
  (question.code === 'use-context' && !question.consented) ||
  question.code === 'finish-restore' ||
  (question.code === 'put-back' && question.when !== 'quit');
