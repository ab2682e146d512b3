import type {Words} from '../../sentences.ts';

export const restore = {
  undo: {
    'start-node': node => `ノード「${node}」を起動`,
    'register-node': node => `Nodeオブジェクトが削除されたノード「${node}」を再起動し、再び登録させる`,
    'await-node': node => `ノード「${node}」がReadyになるまで待つ`,
    uncordon: node => `ノード「${node}」をuncordon`,
    cordon: node => `ノード「${node}」を再びcordon`,
    labels: (node, keys) => `ノード「${node}」のラベルを復元(${keys})`,
    annotations: (node, keys) => `ノード「${node}」のアノテーションを復元(${keys})`,
    taints: node => `ノード「${node}」のTaintを復元`,
    'delete-object': (kind, name, namespace) =>
      `誤って名前空間「${namespace}」に作成された${kind}「${name}」を削除`,
    'clear-namespace': namespace => `名前空間「${namespace}」の中に作成したものを削除`,
    'delete-namespace': namespace => `名前空間「${namespace}」を中のものごと削除`,
    'release-volume': name => `PersistentVolume「${name}」がデータとともに削除されるまで待つ`,
    'delete-volume': name => `PersistentVolume「${name}」を削除`,
    'remove-directory': (node, path) => `ノード「${node}」の「${path}」を削除`,
  },
  resetDone: 'ラボをリセットし、クラスターを元の状態に戻しました。',
  restore: {
    plan: {
      reset: title => `ラボ「${title}」のリセットでは、次のことを行います:`,
      asked: title => `ラボ「${title}」が残したものを元に戻すには:`,
      interrupted: title => `ラボ「${title}」のリセットが途中で終わっています。残りの作業:`,
      start: title =>
        `ラボ「${title}」で変更されたノードがそのままになっており、このラボの進行が止まる可能性があります。元に戻すには:`,
      through: title =>
        `ラボ「${title}」は終了していますが、そのPodが残っていると、このラボのdrainが途中で止まります。残っているものを片付けるには(進み具合は消えません):`,
      resumed: title => `ラボ「${title}」で変更したノードは、前回終了したときのままです。最後に元に戻すには:`,
      left: title => `ラボ「${title}」でノードが変更されています。元に戻すには:`,
    },
    nothing: title => `ラボ「${title}」がクラスターに残したものはありません。`,
    audited: {
      nodes: nodes => `ノード${nodes}台の状態とラベルとTaint`,
      namespace: '名前空間',
      volumes: 'PersistentVolume',
      directories: directories => `ラボのファイルを置くディレクトリ${directories}か所`,
    },
    clean: what => `再度確認し、残っているものはありませんでした(確認したもの: ${what})。`,
    left: '再度確認しました。まだ残っている作業:',
    leftAlone:
      'ラボの間に、statelabのプロンプトのコマンドで指定されていないノードにも変更がありました。ほかの人も使うクラスターのため、そのままにします。あなたによる変更であれば、次のコマンドで元に戻せます:',
    busy: (title, pid, isInTheWay) =>
      `ラボ「${title}」は別のターミナル(プロセス${pid})で実行中のため、クラスターへの変更はそのままにします。${
        isInTheWay
          ? 'このラボの進行が止まることがあります。'
          : 'そちらを終了してから、もう一度実行してください。'
      }`,
    nodesLeft: (nodes, lab) =>
      `${nodes}は変更されたままです。続けるには「statelab run ${lab}」、元に戻すには「statelab restore」を実行してください。`,
    clusterGone: cluster =>
      `クラスター「${cluster}」はすでになく、ラボが残したものもクラスターとともになくなっています。`,
    clusterNotFound: (provider, cluster, labs) =>
      `${provider}のクラスター「${cluster}」が見つかりません。すでに削除されたか、このターミナルからは見えない場所にあります(DOCKER_HOST、MINIKUBE_HOMEを確認してください)。何かを残している可能性のあるラボ: ${labs}`,
    nothingLeft: 'ラボが残したものはありません。',
    unseen: {
      nodes:
        'このクラスターのノードを見る権限がないため、ラボによる変更やファイルがノードに残っていないか、確認できません。',
      persistentvolumes:
        'このクラスターのPersistentVolumeを見る権限がないため、ラボのものが残っていないか、確認できません。',
    },
    refused: (undo, why) => `実行できませんでした: ${undo}。${why}`,
  },
} satisfies Partial<Words>;
