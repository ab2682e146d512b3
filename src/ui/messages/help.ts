import type {Language} from '../../lab/lab.ts';

/** What --help says. Apart from the other messages, because those are not needed to print it. */
export interface Help {
  description: string;
  version: string;
  help: string;
  exitCodes: string;
  commands: Record<
    | 'labs'
    | 'run'
    | 'check'
    | 'hint'
    | 'solve'
    | 'status'
    | 'reset'
    | 'restore'
    | 'env'
    | 'doctor'
    | 'lint'
    | 'cluster'
    | 'clusterUp'
    | 'clusterDown'
    | 'clusterList'
    | 'bundle'
    | 'bundleSave'
    | 'bundleLoad'
    | 'node'
    | 'nodeList'
    | 'nodeStop'
    | 'nodeStart'
    | 'nodeExec',
    string
  >;
  options: Record<
    | 'lang'
    | 'json'
    | 'yes'
    | 'provider'
    | 'cluster'
    | 'context'
    | 'allowNodeOperations'
    | 'k3sImage'
    | 'speed'
    | 'database'
    | 'agents'
    | 'auto'
    | 'timeout'
    | 'answer'
    | 'wait'
    | 'to'
    | 'dryRun'
    | 'shell'
    | 'fix',
    string
  >;
}

const en: Help = {
  description:
    'Hands-on labs that walk you through what Kubernetes does with data. Without a command: a menu.',
  version: 'print the version',
  help: 'print this help',
  exitCodes:
    'Exit codes: 0 reached, 1 not reached, 2 wrong usage, 3 cannot tell (the cluster does not answer), 130 interrupted.',
  commands: {
    labs: 'list the labs and how far you are',
    run: 'walk a lab from where you are; without a name, the one you worked on last',
    check: 'judge the current step, and say what is missing',
    hint: 'give the next hint for the current step',
    solve: 'do the current step for you',
    status: 'show which steps are done',
    reset: 'bring the cluster back to how it was before the lab, and begin anew',
    restore: 'undo what all labs left in their clusters; what you have reached is kept',
    lint: 'check the folder of a lab, for those who write labs',
    doctor: 'look for what will stand in the way of the labs, and say what mends it',
    env: 'print what a second terminal needs: eval "$(statelab env)"',
    cluster: 'make, delete and list clusters',
    clusterUp: 'make a cluster, or start it',
    clusterDown: 'delete a cluster that statelab made',
    clusterList: 'list the clusters',
    bundle: 'prepare a class that has no network',
    bundleSave: 'write images, programs and statelab itself into one file',
    bundleLoad: 'check such a file and take in what it holds',
    node: 'list, stop, start and enter nodes',
    nodeList: 'list the nodes and whether they run',
    nodeStop: 'stop a node, as if its power had gone',
    nodeStart: 'start a node that was stopped',
    nodeExec: 'run a program on a node: statelab node exec <node> -- ls /var/lib',
  },
  options: {
    lang: 'language (otherwise that of the locale)',
    json: 'print lines of JSON for other programs',
    yes: 'answer every question with yes',
    provider:
      'what makes or reaches the cluster (otherwise the first of k3d, minikube and the sandbox that works)',
    cluster: 'name of the cluster (otherwise statelab)',
    context: 'context of your kubeconfig to use, with --provider context',
    allowNodeOperations:
      'with --provider context: let labs cordon, drain, taint and stop nodes and make PersistentVolumes; that concerns everybody who uses the cluster',
    speed: 'how many times as fast a new sandbox goes: back-offs, NotReady, evictions (1 to 100)',
    database: 'database that labs run (otherwise mariadb); a lab that was begun keeps its own',
    agents: 'how many nodes a new cluster has beside its server (0 to 20; otherwise 2)',
    k3sImage: 'node image of the cluster, instead of the one pinned',
    auto: 'play the lab’s own solve commands, as a learner would',
    timeout: 'give up when no step is reached for so long (without a terminal, or with --auto)',
    answer: 'answer the step’s question',
    wait: 'wait so long for the step to be reached',
    to: 'then do the steps before this one again',
    dryRun: 'only say what would be undone (exit code 1 if there is anything)',
    shell: 'the shell to print for (otherwise found out)',
    fix: 'mend what can be mended safely, then look again',
  },
};

const ja: Help = {
  description:
    'Kubernetesがデータをどう扱うかを、手を動かして学ぶためのラボです。コマンドを省略するとメニューを表示します。',
  version: 'バージョンを表示する',
  help: 'このヘルプを表示する',
  exitCodes: '終了コード: 0 達成、1 未達成、2 使い方の誤り、3 判定不可(クラスターが応答しない)、130 中断',
  commands: {
    labs: 'ラボの一覧と進捗を表示する',
    run: 'ラボを続きから進める。名前を省略すると、最後に取り組んだラボになる',
    check: '現在のステップを判定し、足りないものを示す',
    hint: '現在のステップの次のヒントを表示する',
    solve: '現在のステップを代わりに実行する',
    status: '完了したステップを表示する',
    reset: 'クラスターをラボの開始前の状態に戻し、最初からやり直す',
    restore: 'すべてのラボがクラスターに残したものを元に戻す(進捗は残る)',
    lint: 'ラボのフォルダーを検査する(ラボの作者向け)',
    doctor: 'ラボの妨げになるものを探し、直し方を示す',
    env: '別のターミナルで必要な設定を出力する: eval "$(statelab env)"',
    cluster: 'クラスターを作成、削除、一覧表示する',
    clusterUp: 'クラスターを作成する。停止中なら起動する',
    clusterDown: 'statelabが作成したクラスターを削除する',
    clusterList: 'クラスターの一覧を表示する',
    bundle: 'ネットワークのない教室のための準備をする',
    bundleSave: 'イメージ、プログラム、statelab自体を1つのファイルに書き出す',
    bundleLoad: 'そのファイルを検査し、中身を取り込む',
    node: 'ノードの一覧表示、停止、起動、ノードでのコマンド実行',
    nodeList: 'ノードと稼働状態の一覧を表示する',
    nodeStop: '電源が落ちたようにノードを停止する',
    nodeStart: '停止したノードを起動する',
    nodeExec: 'ノードでプログラムを実行する: statelab node exec <node> -- ls /var/lib',
  },
  options: {
    lang: '表示言語(省略時はロケールに従う)',
    json: 'ほかのプログラムのためにJSONの行で出力する',
    yes: 'すべての質問に「はい」と答える',
    provider: 'クラスターの作成や接続に使うもの(省略時は、k3d、minikube、sandboxの順で最初に使えるもの)',
    cluster: 'クラスターの名前(省略時はstatelab)',
    context: '--provider contextで使うkubeconfigのコンテキスト',
    allowNodeOperations:
      '--provider contextで、ラボがノードをcordon、drain、taint、停止したり、PersistentVolumeを作成したりするのを許可する。クラスターの利用者全員に影響する',
    speed: '新しいsandboxの待ち時間を何倍速にするか(再起動の間隔、NotReady、退避など。1～100)',
    database: 'ラボで使うデータベース(省略時はmariadb)。始めたラボでは途中で変わらない',
    agents: '新しいクラスターのサーバー以外のノード数(0～20、省略時は2)',
    k3sImage: '固定されたイメージの代わりに使うノードイメージ',
    auto: 'ラボの解答コマンドを、学習者と同じように実行していく',
    timeout: 'この秒数のあいだステップが達成されなければ終了する(ターミナルがないとき、または--autoのとき)',
    answer: 'ステップの質問に答える',
    wait: 'ステップの達成をこの秒数まで待つ',
    dryRun: '元に戻すものを表示するだけで、何もしない(あれば終了コード1)',
    to: '戻したあと、このステップの手前までを実行し直す',
    shell: '出力の対象にするシェル(省略時は自動判別)',
    fix: '安全に直せるものを直し、もう一度調べる',
  },
};

export const helpIn = (language: Language): Help => ({en, ja})[language];
