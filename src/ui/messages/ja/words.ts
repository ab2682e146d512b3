import type {Words} from '../sentences.ts';

/** With one digit after the point at most. */
const rounded = (value: number) => Math.round(value * 10) / 10;

const duration = (minutes: number) =>
  [minutes >= 60 ? `${Math.floor(minutes / 60)}時間` : '', minutes % 60 > 0 ? `${minutes % 60}分` : ''].join(
    '',
  );

export const words: Words = {
  verdicts: {
    reached: '達成',
    converging: '進行中',
    'off-track': '指示と不一致',
    'dead-end': '続行不可',
    'cannot-tell': '判定不可',
  },
  stepKinds: {do: '操作', predict: '予想', find: '調査', look: '観察'},
  step: (index, total, kind, title) => `ステップ${index}/${total} [${kind}] ${title}`,
  typeThis: '次のコマンドを入力してください:',
  thenNext: '十分に確認できたら、「next」と入力してください。',
  answerHere: '答えを入力してください。',
  chooseHere: '予想に近いものの番号を入力してください。',
  // A Japanese character takes two columns, so the descriptions line up in a terminal but not here. No "…":
  // some terminals make that two columns wide as well.
  promptHelp: [
    'kubectl ...          kubectlコマンドをラボのクラスターと名前空間で実行する',
    'hint                 次のヒントを見る',
    'check                足りないものを確認する(▸ 未実施、✗ 誤り)',
    'status               現在の位置を確認する',
    'answer <答え>        質問に答える(予想と調査のステップでは<答え>だけでも可)',
    'next                 観察のステップから次へ進む',
    'solve                このステップをstatelabに任せる',
    'skip                 このステップをスキップする',
    'redo                 ラボをリセットし、このステップまで戻す',
    'node exec <ノード> -- <プログラム> ...  ノード上でプログラムを実行する',
    '! <コマンド>         その他のコマンドをシェルで実行する',
    'quit                 終了する(進捗は保存されます)',
  ].join('\n'),
  unknownCommand: (word, suggestion) =>
    suggestion
      ? `「${word}」というコマンドはありません。「${suggestion}」ではありませんか？`
      : `「${word}」というコマンドはありません。使えるのはkubectlとstatelabのコマンドです(一覧は「help」)。それ以外は先頭に「!」を付けて実行してください。`,
  hint: (hint, of) => `ヒント${hint}/${of}`,
  noHints: 'このステップにヒントはありません。',
  resumed: step => `保存された進捗から再開します。現在のステップは「${step}」です。`,
  where: (provider, cluster, namespace) =>
    `クラスター: ${cluster} (${provider})、名前空間(Namespace): ${namespace}`,
  folder: directory =>
    `マニフェストは「${directory}」にあります。ここで入力したコマンドはこのディレクトリで実行されます。`,
  yourTurn: '操作を待っています',
  notYet: milestone => `未達成: ${milestone}`,
  milestone: (name, object) => (object ? `${name}(${object})` : name),
  reached: 'ステップを完了しました。',
  outage: (seconds, speed) =>
    seconds === 0
      ? 'このステップの間、サービスは一度も途切れませんでした。'
      : `このステップでサービスが途切れていた時間(最長): ${seconds}秒${speed === undefined ? '' : `(実際の${speed}倍の速さで進むクラスターの時間)`}`,
  skipped: {
    'needs-workers': 'クラスターのノード数が足りないため、このステップをスキップしました。',
    'needs-host-path':
      'このステップではPodがノードのディレクトリを使いますが、このクラスターでは禁止されているため、スキップしました。',
    'needs-shared-directory':
      'このステップには全ノードで共有するディレクトリが必要ですが、このクラスターにはないため、スキップしました。',
    'needs-node-operations':
      'このステップではノードを停止・起動しますが、このクラスターのノードはstatelabから操作できないため、スキップしました。',
    'needs-node-changes':
      'このステップではノードをcordon、drain、taintしますが、このクラスターではできないため、スキップしました。',
    'needs-persistent-volumes':
      'このステップではPersistentVolumeを手動で作成しますが、このクラスターではできないため、スキップしました。',
    'needs-consent':
      'このステップではノードやPersistentVolumeを変更します。これらはクラスターの利用者全員のものなので、スキップしました。利用者の同意があれば、--allow-node-operationsを付けてラボを始めてください。',
    'needs-rights':
      'このステップで扱うものを、このクラスターで参照または変更する権限がないため、スキップしました。',
    'needs-storage-classes':
      'このステップではStorageClassを扱いますが、このクラスターでは参照できないため、スキップしました。',
    'needs-default-class':
      'このステップにはデフォルトのStorageClassが必要ですが、このクラスターにはないため、スキップしました。',
    'needs-binding-mode':
      'このステップの対象は、デフォルトのStorageClassのvolumeBindingModeがこのクラスターとは異なるクラスターです。スキップしました。',
    'needs-volumes':
      'このステップの対象は、Podが別のノードへ移ったときのボリューム(デフォルトのStorageClassのもの)の扱いが、このクラスターとは異なるクラスターです。スキップしました。',
    learner: 'スキップしました。',
  },
  rewound: 'このステップで達成した状態が失われたため、ステップの最初からやり直します。',
  podLine: (pod, status, {ready, restarts, exitCode, node}) =>
    [
      pod,
      status,
      ready ? 'Ready' : '',
      exitCode === undefined ? '' : `終了コード${exitCode}`,
      restarts > 0 ? `再起動${restarts}回` : '',
      node ? `ノード: ${node}` : '',
    ]
      .filter(Boolean)
      .join('  '),
  gone: '削除済み',
  countdown: (because, left) => `あと約${left}秒: ${because}`,
  overdue: (because, late) => `通常より${late}秒長くかかっています: ${because}`,
  rightAnswer: answer => `正解です: ${answer}`,
  wrongAnswer: answer => `不正解です: ${answer}`,
  predicted: option => `あなたの予想: ${option}`,
  predictionRight: predicted => `予想どおりでした: ${predicted}`,
  predictionWrong: (predicted, happened) => `あなたの予想: ${predicted}\n実際の結果: ${happened}`,
  notes: note => {
    switch (note.code) {
      case 'images-loading':
        return `イメージをノードに読み込んでいます: ${note.line}`;
      case 'images-ready':
        return 'すべてのノードにイメージを読み込みました。';
      case 'images-failed':
        return `イメージをノードに読み込めませんでした。クラスターが直接取得を試みます。${note.detail}`;
      case 'fast-forward':
        return {
          asked: 'ラボをリセットし、このステップまで進め直します。',
          'object-gone':
            'このステップに必要なものがクラスターからなくなったため、statelabが前のステップをやり直します。',
          'put-back':
            'クラスターを前回の終了後に元の状態へ戻したため、statelabがこのステップの前までをやり直します。',
          'cluster-changed':
            'クラスターの状態が前回と異なるため、statelabがこのステップの前までをやり直します。',
        }[note.because];
      case 'fast-forwarded':
        return 'ラボが元のステップまで戻りました。';
    }
  },
  end: (reached, skipped, total) =>
    `全${total}ステップ中${reached}ステップを完了しました${skipped > 0 ? `(スキップ: ${skipped})` : ''}。`,
  quit: (lab, step) =>
    `「${step}」で終了しました。進捗は保存されています。「statelab run ${lab}」で続きから再開できます。`,
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
  solving: 'statelabが代わりにこのステップを実行します:',
  nothingToSolve: 'このステップで実行することはありません。「next」と入力してください。',
  blindSince: 'クラスターが応答していません。応答が途絶えた時刻:',
  secondTerminal: command => `別のターミナルでも作業する場合: ${command}`,
  proof: 'クラスターからの情報',
  menu: {
    ask: '何をしますか？',
    goOn: (lab, step) => `「${lab}」を続ける: ${step}`,
    start: lab => `「${lab}」を始める`,
    others: 'ほかのラボを選ぶ',
    back: '戻る',
    clusters: 'クラスターを表示する',
    quit: '終了する',
    minutes: minutes => `約${minutes}分`,
    done: '完了',
    of: (reached, total) => `${reached}/${total}`,
  },
  path: {
    done: (done, total) => `${total}個のラボのうち${done}個が完了しています。`,
    next: (title, lab) => `次のラボ: ${title}(statelab run ${lab})`,
    left: minutes => `残りの目安は約${duration(minutes)}です。`,
    through: 'これで全部のラボが終わりました。statelab reset <lab>で、ラボを最初からやり直せます。',
    comma: '、',
    after: labs => `先に${labs}`,
    chosen: {
      begun: (title, lab) =>
        `途中のラボを続けます: ${title}(${lab})。一覧は「statelab labs」で確認できます。`,
      next: (title, lab) => `次のラボに進みます: ${title}(${lab})。一覧は「statelab labs」で確認できます。`,
    },
    presupposes: (title, others) =>
      `「${title}」は、${others}の内容を前提にしています。このまま進めることもできます。`,
  },
  quoted: title => `「${title}」`,
  tasks: {
    fetchKubectl: 'このマシンにkubectlがないため、npmから取得しています(37MB、初回のみ)',
    findCluster: 'クラスターを探しています',
    createCluster: (name, agents) =>
      `クラスター「${name}」を作成しています(サーバー1台、エージェント${agents}台)`,
    startCluster: name => `クラスター「${name}」を起動しています`,
    prepare: namespace => `名前空間「${namespace}」を準備しています`,
    'save-bundle': file => `バンドル「${file}」を書き出しています`,
    'check-bundle': file => `バンドル「${file}」を検査しています`,
    'load-bundle': file => `バンドル「${file}」を取り込んでいます`,
    deleteCluster: name => `クラスター「${name}」を削除しています`,
    reset: 'ラボをリセットしています',
    restore: undo => undo,
    proveRestore: 'クラスターをラボ開始前の状態と比較しています',
    fastForward: step => `ステップをやり直しています: ${step}`,
  },
  undo: {
    'start-node': node => `ノード「${node}」を起動`,
    'register-node': node => `Nodeオブジェクトが削除されたノード「${node}」を再起動し、再び登録させる`,
    'await-node': node => `ノード「${node}」がReadyになるまで待つ`,
    uncordon: node => `ノード「${node}」をuncordon`,
    cordon: node => `ノード「${node}」を再びcordon`,
    labels: (node, keys) => `ノード「${node}」のラベルを復元(${keys})`,
    taints: node => `ノード「${node}」のTaintを復元`,
    'delete-object': (kind, name, namespace) =>
      `誤って名前空間「${namespace}」に作成された${kind}「${name}」を削除`,
    'clear-namespace': namespace => `名前空間「${namespace}」の中に作成したものを削除`,
    'delete-namespace': namespace => `名前空間「${namespace}」を中のものごと削除`,
    'release-volume': name => `PersistentVolume「${name}」がデータとともに削除されるまで待つ`,
    'delete-volume': name => `PersistentVolume「${name}」を削除`,
    'remove-directory': (node, path) => `ノード「${node}」の「${path}」を削除`,
  },
  status: {
    noLab: 'まだどのラボも開始していません。',
    lab: 'ラボ',
    place: 'クラスター',
    step: 'ステップ',
    through: 'すべてのステップが終わりました。',
  },
  providers: {
    running: provider =>
      `${provider}を使います(statelabのクラスターがすでに動いているため)。変更するには--providerを指定してください。`,
    usable: provider =>
      `${provider}を使います(このマシンで利用できるため)。変更するには--providerを指定してください。`,
    instead: (provider, reason) =>
      `${provider}を使います(${reason}ため)。変更するには--providerを指定してください。`,
    lacks: (provider, program) => `${program}がPATHになく${provider}を使えない`,
    refuses: (provider, why) => `${provider}を使えない(${why})`,
    simulated:
      'sandboxは模擬クラスターです。kubectl、オブジェクト、ノード上のファイルは本物で、ノード、ネットワーク、コンテナの中のプログラム(シェル、nginx、MariaDB、MySQL)は模擬です。',
    faster: speed =>
      `待ち時間は実際のクラスターの${speed}分の1です。説明文の30秒は、ここでは${rounded(30 / speed)}秒です。`,
  },
  bundle: {
    is: ({statelab, made, platform, architecture, database, programs, k3sImage, images}, size) =>
      `statelab ${statelab}のバンドルです(${made.slice(0, 10)}に保存、${platform} ${architecture}用、${size})。内容: ${Object.entries(
        programs,
      )
        .map(pair => pair.join(' '))
        .join('、')}、イメージ${images.length}個(ノード: ${k3sImage}、ラボ: ${database})`,
    saved: (file, bundle, size) => [
      `バンドル「${file}」(${size})には、DockerとNode.js以外に教室で必要なものがすべて入っています。`,
      '各マシンで次のコマンドを実行してください。ネットワークは要りません。',
      `  tar -xf ${file} ${bundle.package}`,
      `  npm install --global --offline ./${bundle.package}`,
      `  statelab bundle load ${file}`,
    ],
    loaded: ({images, platform}, put) => [
      `${images.length}個のイメージをDockerに読み込みました。${
        put.length > 0
          ? `PATHにないときは、次のプログラムを使います: ${put.join('、')}`
          : `バンドルのプログラムは${platform}用のため、このマシンには別にkubectlとk3dが必要です。`
      }`,
      'ネットワークがなくても、「statelab run」でラボを始められます。',
    ],
  },
  clusters: {
    none: 'クラスターはまだありません。「statelab cluster up」で作成できます。',
    running: '実行中',
    stopped: '停止中',
    ours: 'statelabが作成',
    foreign: 'statelab以外',
    faster: speed => `${speed}倍速`,
    current: '使用中',
    unfinished: {create: '作成の途中', start: '起動の途中', delete: '削除の途中'},
    found: {
      create: cluster =>
        `クラスター「${cluster}」の作成が途中で終わっていたため、残っているものを削除して作り直します。`,
      start: cluster => `クラスター「${cluster}」の起動が途中で終わっていたため、もう一度起動します。`,
      delete: cluster =>
        `クラスター「${cluster}」の削除が途中で終わっていたため、残りを削除して作り直します。`,
    },
    up: (name, kubeconfig) => `クラスター「${name}」を起動しました。kubeconfig: ${kubeconfig}`,
    down: name => `クラスター「${name}」を削除しました。`,
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
    busy: (title, pid) =>
      `ラボ「${title}」は別のターミナル(プロセス${pid})で実行中のため、クラスターへの変更はそのままにします。このラボの進行が止まることがあります。`,
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
  labSound: lab => `ラボ「${lab}」に問題はありません。`,
  labs: {none: 'ラボがありません。'},
  bug: 'statelabのバグです。次の内容を添えて報告してください:',
  interrupted: '中断しました。',
};
