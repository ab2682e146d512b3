import {type MismatchSentences, nameOf, shown} from '../sentences.ts';

export const mismatches: MismatchSentences = {
  field: ({about, path, wanted, found}) =>
    found === undefined
      ? `${nameOf(about)}の${path}が設定されていません(期待値: ${shown(wanted)})`
      : `${nameOf(about)}の${path}が${shown(found)}です(期待値: ${shown(wanted)})`,
  expression: ({about, path, wanted, found}) =>
    found === undefined
      ? `${nameOf(about)}が条件を満たしていません(条件: ${wanted === 'true' ? path : `${path} ${wanted}`})`
      : `${nameOf(about)}の${path}が${shown(found)}です(条件: ${wanted})`,
  missing: ({about}) => `${nameOf(about)}がまだありません`,
  'still-there': ({about, terminating}) =>
    terminating ? `${nameOf(about)}は削除処理中で、まだ残っています` : `${nameOf(about)}がまだ残っています`,
  count: ({about, wanted, found}) => `条件を満たす${nameOf(about)}は${found}個です(期待値: ${wanted}個)`,
  'too-short': ({wanted, found}) => `この状態が${wanted}秒続く必要があります(現在${found}秒)`,
  never: ({about, at}) =>
    `${new Date(at).toLocaleTimeString('en-GB')}に${nameOf(about)}が2つ以上同時に動いていました`,
  'same-node': ({about, node}) => `${nameOf(about)}がまだノード「${node}」にあります(spec.nodeName)`,
  'same-object': ({about}) => `${nameOf(about)}がまだ元のままです(metadata.uid)`,
  output: ({object, found}) =>
    object === ''
      ? '確認先の実行中のPodがありません'
      : `${object}の応答は${found === '' ? '空' : `「${found}」`}です`,
  'port-closed': ({port, why}) =>
    `手元のマシンのポート${port}で待ち受けているプログラムがありません(127.0.0.1: ${why})。kubectl port-forwardは動いていますか？`,
  'no-answer-yet': () => '答えの入力待ちです',
  'not-looked-yet': () => '十分に確認できたらnextと入力',
};
