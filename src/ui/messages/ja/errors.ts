import type {ErrorSentences} from '../sentences.ts';
import {bundles} from './errors/bundles.ts';
import {clusters} from './errors/clusters.ts';
import {contexts} from './errors/contexts.ts';
import {files} from './errors/files.ts';
import {programs} from './errors/programs.ts';
import {labNeeds} from './lab-needs.ts';

const allLabs = 'ラボの一覧は「statelab labs」で確認できます。';

export const errors: ErrorSentences = {
  ...programs,
  ...clusters,
  ...contexts,
  ...bundles,
  ...files,
  'unknown-lab': ({lab, suggestion}) => ({
    what: `「${lab}」というラボはありません。`,
    next: suggestion ? `「${suggestion}」の誤りかもしれません。${allLabs}` : allLabs,
  }),
  'broken-lab': ({problems}) => ({
    what: `ラボの定義に問題が${problems.length}件あります:\n${problems
      .map(
        ({file, line, path, message}) =>
          `  ${file}${line === undefined ? '' : `:${line}`}${path ? ` ${path}` : ''}: ${message}`,
      )
      .join('\n')}`,
    next: 'ファイルを修正して、もう一度実行してください。',
  }),
  'unknown-step': ({lab, step, steps}) => ({
    what: `ラボ「${lab}」に「${step}」というステップはありません。`,
    next: `次の中から選んでください: ${steps.join('、')}`,
  }),
  'no-lab-open': () => ({
    what: 'まだどのラボも開始していません。',
    next: `「statelab run <ラボ>」で開始してください。${allLabs}`,
  }),
  'database-differs': ({lab, begun, asked}) => ({
    what: `ラボ${lab}は${begun}で始めたものです。そのファイルは${asked}では使えないため、途中では切り替えられません。`,
    next: `続けるには、--database(またはSTATELAB_DATABASE)の指定を外してください。${asked}でやり直すには、statelab reset ${lab}を実行してから、statelab run ${lab} --database ${asked}を実行します。`,
  }),
  'needs-answer': ({question, flag}) => ({
    what: `ターミナルがないため、次の確認ができません: ${question}`,
    next: `「${flag}」であらかじめ回答を指定してください。`,
  }),
  'reset-incomplete': ({left, mend}) => ({
    what: `元に戻せなかったものがあります: ${left.join('、')}`,
    next: `もう一度実行してください。それでも残る場合は、次のコマンドを手動で実行してください: ${mend.join('; ')}`,
  }),
  'lab-needs': labNeeds,
  'step-not-reached': ({step}) => ({
    what: `ステップ「${step}」はまだ完了していません。`,
    next: '足りないものは「statelab check」で確認できます。',
  }),
  'not-ready': ({provider}) => ({
    what: 'このマシンではまだラボを始められないため、何も行いませんでした。',
    next: `確認した内容は「statelab doctor --provider ${provider}」で表示できます。${provider === 'sandbox' ? '' : '「--provider sandbox」ならDockerなしで始められます。'}`,
  }),
  usage: ({detail}) => ({what: detail, next: '使い方は「statelab --help」で確認できます。'}),
  interrupted: () => ({
    what: '中断しました。',
    next: '進捗は保存されています。「statelab run」で続きから再開できます。',
  }),
};
