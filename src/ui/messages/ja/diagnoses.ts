import type {DiagnosisSentences} from '../sentences.ts';
import {called} from './diagnoses/called.ts';
import {containers} from './diagnoses/containers.ts';
import {network} from './diagnoses/network.ts';
import {nodes} from './diagnoses/nodes.ts';
import {otherwise} from './diagnoses/otherwise.ts';
import {statefulSets} from './diagnoses/statefulsets.ts';
import {volumes} from './diagnoses/volumes.ts';

export const diagnoses: DiagnosisSentences = {
  ...otherwise,
  ...volumes,
  ...nodes,
  ...containers,
  ...network,
  ...statefulSets,
  'create-failed': ({object, facts}) =>
    `${called(object)}は${facts.forbidden ? '、名前空間の制限により' : ''}Podを作成できません。`,
  'object-gone': ({object}) =>
    `${called(object)}がなくなりました(metadata.uid: ${object?.uid ?? ''})。このステップには元のオブジェクトが必要で、作り直しても別のものとして扱われます。「redo」を使うと、新しいオブジェクトでこのステップの開始時点まで戻せます。`,
  late: ({facts}) =>
    `通常は約${facts.expected}秒で終わりますが、すでに${facts.seconds}秒かかっています。「kubectl describe」や「kubectl get events」で原因を調べてください。`,
  'wrong-answer': ({facts}) => `「${facts.answer}」は、クラスターの実際の状態と一致しません。`,
  'nothing-to-look-at': ({facts}) =>
    ({
      log: 'ログを確認できるPodがありません。対象のPodは、なくなったか、まだ再起動されていません。',
      exec: '確認先の実行中のPodがありません。',
      files: 'ディレクトリの一覧を取得できないか、ディレクトリが空です。',
      object: '答えの元になるオブジェクトがないか、まだ値が入っていません。',
    })[facts.what],
  blind: () =>
    'クラスターが応答しないため、このステップの状態を判定できません。statelabが再試行を続けているため、操作は不要です。',
};
