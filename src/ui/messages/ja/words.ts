import type {Words} from '../sentences.ts';
import {bundle} from './words/bundle.ts';
import {clusters} from './words/clusters.ts';
import {questions} from './words/questions.ts';
import {restore} from './words/restore.ts';

const duration = (minutes: number) =>
  [minutes >= 60 ? `${Math.floor(minutes / 60)}時間` : '', minutes % 60 > 0 ? `${minutes % 60}分` : ''].join(
    '',
  );

export const words: Words = {
  ...questions,
  ...restore,
  ...clusters,
  ...bundle,
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
  status: {
    noLab: 'まだどのラボも開始していません。',
    lab: 'ラボ',
    place: 'クラスター',
    step: 'ステップ',
    through: 'すべてのステップが終わりました。',
  },
  labSound: lab => `ラボ「${lab}」に問題はありません。`,
  labs: {none: 'ラボがありません。'},
  bug: 'statelabのバグです。次の内容を添えて報告してください:',
  interrupted: '中断しました。',
};
