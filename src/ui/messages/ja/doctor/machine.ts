import {type FindingSentences, size} from '../../doctor-kit.ts';
import {install} from '../install.ts';

const installKubectl = `インストールしてください: ${install.kubectl}`;
const nodesInDocker = (provider: string) =>
  provider === 'sandbox'
    ? 'Dockerがないと、statelabは本物のクラスターを作れません。代わりにsandboxが模擬します。'
    : `${provider}のクラスターのノードはDockerのコンテナです。`;
const runsOutOfMemory =
  'メモリが足りなくなると、データベースやノードごとカーネルに終了させられ、ラボの不具合のように見えます。';

export const machine = {
  'docker-up': ({version}) => ({what: `${version}が応答しています。`}),
  'docker-missing': ({provider}) => ({
    what: 'dockerがPATHに見つかりません。',
    why: nodesInDocker(provider),
    next: `インストールするか(${install.docker})、--provider sandboxを使ってください。`,
  }),
  'docker-down': ({provider, ...why}) => ({
    what:
      'seconds' in why
        ? `Dockerが${why.seconds}秒以内に応答しませんでした。`
        : `Dockerが応答しません: ${why.detail}`,
    why: nodesInDocker(provider),
    next: 'Dockerを起動するか、Dockerのいらない--provider sandboxを使ってください。',
  }),
  'docker-denied': ({detail}) => ({
    what: `Dockerを使う権限がありません: ${detail}`,
    why: 'Linuxでは、rootであるか、dockerグループに入っている必要があります。',
    next: 'グループに入り(root相当の権限になります)、ログインし直してください:',
  }),
  'kubectl-there': ({version}) => ({what: version}),
  'kubectl-missing': ({fetchable}) => ({
    what: 'kubectlがPATHに見つかりません。',
    why: 'どのラボでも使うコマンドです。',
    next: fetchable ? 'ラボの開始時に、statelabがnpmから取得します(37MB)。' : installKubectl,
  }),
  'kubectl-broken': ({detail}) => ({
    what: `PATHにあるkubectlを実行できません: ${detail}`,
    why: 'どのラボでも使うコマンドです。',
    next: `「kubectl version --client」の出力を確認し、インストールし直してください: ${install.kubectl}`,
  }),
  'kubectl-skew': ({version, server, minimum}) => ({
    what: `${version}は、Kubernetes ${server}に対して古すぎます。`,
    why: 'サーバーがもう解釈できない内容を表示したり送ったりします。',
    next: `${minimum}以降が必要です。${installKubectl}`,
  }),
  'cgroup-2': () => ({what: 'バージョン2'}),
  'cgroup-1-runs': () => ({what: 'バージョン1(このノードで使えます)'}),
  'cgroup-1': ({image, surely}) => ({
    what: 'Dockerが動いているマシンのcgroupはバージョン1です。',
    why: surely
      ? 'Kubernetes 1.35以降のkubeletは、そこでは起動しません。'
      : `Kubernetes 1.35以降のkubeletは、${image}が特別に許可していない限り、そこでは起動しません。`,
    next: 'cgroupをバージョン2に切り替えてマシンを再起動するか(カーネルパラメーターsystemd.unified_cgroup_hierarchy=1)、古いKubernetesを使ってください:',
  }),
  'images-in-docker': () => ({what: 'Dockerの標準のストアにあり、k3dがノードに読み込みます。'}),
  'images-in-containerd': () => ({
    what: 'containerdのストアにあり、k3dでは読み込めないため(k3d#1538)、statelabがノードにコピーします。',
  }),
  'disk-room': ({what, path, free}) => ({
    what: `${what === 'docker' ? 'Docker用' : 'statelab用'}の空き${size(free)}(${path})`,
  }),
  'disk-short': ({what, path, free, wanted}) => ({
    what: `${path}の空きは${size(free)}しかありません。${size(wanted)}が必要です。`,
    why:
      what === 'docker'
        ? 'ノードのイメージと、各ノードに読み込むラボのイメージを、Dockerがここに置きます。'
        : '進捗とsandboxのファイルを、statelabがここに置きます。',
    next:
      what === 'docker'
        ? '空き容量を確保してください:'
        : '空き容量を確保するか、STATELAB_HOMEに別のディスクのフォルダーを設定してください。',
  }),
  'disk-pressure': ({path, free, least}) => ({
    what: `ノードのディスクがある${path}の空きは${size(free)}しかありません。`,
    why: `空きが5%(${size(least)})を下回ると、kubeletはDiskPressureを報告し、Podを退避させ、新しいPodを受け付けません。`,
    next: '空き容量を確保してください:',
  }),
  'memory-enough': ({total}) => ({what: `Docker用に${size(total)}`}),
  'memory-short': ({total, wanted}) => ({
    what: `Dockerのメモリは${size(total)}です。3ノードのクラスターと2つのデータベースには約${size(wanted)}が必要です。`,
    why: runsOutOfMemory,
    next: 'Dockerのマシンのメモリを増やすか(Docker DesktopではSettings、Resources)、--agents 1で小さなクラスターを作ってください。',
  }),
  'memory-taken': ({free, wanted}) => ({
    what: `空きメモリは${size(free)}です。3ノードのクラスターと2つのデータベースには約${size(wanted)}が必要です。`,
    why: runsOutOfMemory,
    next: 'ほかのプログラムを終了するか、--agents 1で小さなクラスターを作ってください。',
  }),
  'inotify-enough': ({instances}) => ({what: `${instances}インスタンス`}),
  'inotify-low': ({instances}) => ({
    what: `1人のユーザーが使えるinotifyインスタンスは${instances}個だけです。`,
    why: '全ノードで共有するため、使い切るとkubeletやkubectl logsが「too many open files」で失敗します。',
  }),
  'architecture-known': ({architecture}) => ({
    what: `${architecture}(すべてのイメージが対応しています)`,
  }),
  'architecture-unknown': ({architecture, image}) => ({
    what: `${architecture}向けの${image}がありません。`,
    why: 'イメージを取得できないか、Podが「exec format error」で終了します。',
    next: '--database mariadbを試すか、--provider sandboxを使ってください。',
  }),
  'proxy-none': () => ({what: 'なし'}),
  'proxy-passed-by': ({variable}) => ({
    what: `${variable}が設定されていますが、kubectlは経由せずにクラスターに接続します。`,
  }),
  'proxy-in-the-way': ({variable, host}) => ({
    what: `${variable}が設定されていて、NO_PROXYに${host}がありません。`,
    why: 'kubectlがプロキシ経由でクラスターに接続しようとしますが、プロキシからは届かないのが普通です。',
  }),
  'proxy-not-for-docker': ({variable}) => ({
    what: `${variable}が設定されていますが、Docker自体にはプロキシが設定されていません。`,
    why: 'プロキシ経由でしかイメージを取得できない環境では、Dockerが取得に失敗します。',
    next: 'Dockerにも設定してください: https://docs.docker.com/engine/daemon/proxy/',
  }),
  'ports-free': ({ports}) => ({what: `port-forwardに使う${ports.join('、')}は空いています。`}),
  'port-taken': ({port}) => ({
    what: `ポート${port}は、このマシンの別のプログラムが使っています。`,
    why: 'kubectl port-forwardがそのポートを使えません。',
    next: 'そのプログラム(自分のデータベースなど)を止めるか、ステップに書かれた別の方法で進めてください。',
  }),
} satisfies Partial<FindingSentences>;
