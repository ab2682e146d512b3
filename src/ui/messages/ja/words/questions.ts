import type {Words} from '../../sentences.ts';

export const questions = {
  skipAsk: 'このステップをスキップしますか？',
  resetAsk: '以上を実行し、ラボを最初からやり直しますか？',
  restoreAsk: cluster => `クラスター「${cluster}」で以上を実行しますか？`,
  forgetAsk:
    'クラスターは削除済みですか？「はい」の場合、ラボが残したものの記録を消します(進み具合は消えません)。',
  finishAsk: '今、最後まで実行しますか？',
  putBackAsk: {
    start: 'このラボに進む前に、以上を実行しますか？',
    quit: '今、以上を実行しますか？(あとでラボを続けるなら、そのままにしておいてください)',
    done: '今、以上を実行しますか？',
  },
  replaceAsk: file => `ファイル「${file}」はすでにあります。バンドルが完成したら置き換えますか？`,
  inotifyAsk: (from, to) =>
    `このマシンのfs.inotify.max_user_instancesを、次の再起動まで${from}から${to}に変更しますか？`,
  contextAsk: ({context, server, namespace, directory, consented}) =>
    [
      `コンテキスト「${context}」${server ? `(${server})` : ''}は、statelabが作成したクラスターではありません。`,
      `- 作成するもの: 名前空間「${namespace}」と、その中であなたが作成するもの${directory ? `、およびノードの${directory}以下のファイル` : ''}。「statelab reset」で削除されます。`,
      consented
        ? '- --allow-node-operationsが指定されているため、ラボはノードをcordon、drain、taint、停止、削除し、PersistentVolumeを作成することがあります。drainすると、そのノードにあるほかの利用者のPodも退避させられます。ノードは「statelab reset」で元に戻ります。'
        : '- ノードとPersistentVolumeは変更しません。それらを変更するラボやステップは実行されません。',
      '- 触れないもの: ほかの名前空間、ほかの利用者のボリューム、StorageClass。',
      '使用しますか？',
    ].join('\n'),
  deleteAsk: ({cluster, provider, nodes, labs}) =>
    [
      ...(labs.length > 0
        ? [`次のラボで作成したものと書き込んだデータは失われます(進捗は残ります): ${labs}。`]
        : []),
      `クラスター「${cluster}」とその中のすべてのものを削除しますか(${provider}、ノード${nodes}台)？`,
    ].join(''),
} satisfies Partial<Words>;
