import type {Need} from '../../../lab/needs.ts';
import {type DoctorWords, day, size, time} from '../doctor-kit.ts';

const list = (names: readonly string[]) => names.join('、');
const whose = {server: 'APIサーバーの証明書', user: 'kubeconfigにあるユーザーの証明書'};
const kubectlPage = 'https://kubernetes.io/ja/docs/tasks/tools/';
const installKubectl = `インストールしてください: ${kubectlPage}`;

const asked: Partial<Record<Need, string>> = {
  workers: 'ノードの参照',
  nodeOperations: 'ノードの停止と起動',
  nodeChanges: 'ノードのcordon、drain、Taintの変更',
  persistentVolumes: 'PersistentVolumeの作成',
  storageClasses: 'StorageClassの参照',
};
const rights = (needs: readonly Need[]) =>
  list([...new Set(needs.map(need => asked[need] ?? asked.storageClasses ?? need))]);

const nodesInDocker = (provider: string) =>
  provider === 'sandbox'
    ? 'Dockerがないと、statelabは本物のクラスターを作れません。代わりにsandboxが模擬します。'
    : `${provider}のクラスターのノードはDockerのコンテナです。`;
const runsOutOfMemory =
  'メモリが足りなくなると、データベースやノードごとカーネルに終了させられ、ラボの不具合のように見えます。';

export const doctor: DoctorWords = {
  title: (provider, cluster) => `${provider}、クラスター「${cluster}」`,
  groups: {machine: 'このマシン', cluster: 'クラスター', labs: 'ラボ'},
  checks: {
    docker: 'Docker',
    provider: 'プロバイダー',
    kubectl: 'kubectl',
    cgroup: 'cgroup',
    'image-store': 'イメージ',
    disk: 'ディスク',
    memory: 'メモリ',
    inotify: 'inotify',
    architecture: 'プロセッサー',
    proxy: 'プロキシ',
    ports: 'ポート',
    cluster: '接続',
    certificate: '証明書',
    clock: '時計',
    nodes: 'ノード',
    rights: '権限',
    'shared-mount': '共有ディレクトリ',
    'storage-class': 'StorageClass',
    'pod-security': 'Pod Security',
    labs: 'ラボ',
  },
  findings: {
    'docker-up': ({version}) => ({what: `${version}が応答しています。`}),
    'docker-missing': ({provider}) => ({
      what: 'dockerがPATHに見つかりません。',
      why: nodesInDocker(provider),
      next: 'インストールするか(https://docs.docker.com/engine/install/)、--provider sandboxを使ってください。',
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
      next: `「kubectl version --client」の出力を確認し、インストールし直してください: ${kubectlPage}`,
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
    'cluster-up': ({version}) => ({what: `応答しています(Kubernetes ${version})`}),
    'cluster-none': () => ({what: 'まだありません。「statelab run」で作成されます。'}),
    'cluster-stopped': () => ({what: '停止しています。', next: '「statelab run」でも起動します。'}),
    'cluster-foreign': ({provider, cluster}) => ({
      what: `${provider}のクラスター「${cluster}」はstatelabが作成したものではないため、変更しません。`,
      next: '「--cluster」で別の名前を指定するか、「--provider context」でそのまま使ってください。',
    }),
    'cluster-unreachable': ({detail}) => ({
      what: `応答しません: ${detail}`,
      why: 'APIに接続できないと、statelabは何も確認できません。',
    }),
    'cluster-changed': ({cluster}) => ({
      what: `「${cluster}」は、ラボを始めたときとは別のクラスターになっています。`,
      next: '「statelab run」が完了していたステップをやり直すため、対処は不要です。',
    }),
    'certificate-valid': ({until}) => ({what: `${day(until)}まで有効`}),
    'certificate-expired': ({whose: owner, at}) => ({
      what: `${whose[owner]}は${time(at)}に期限が切れました。`,
      why: 'クラスターとの接続が、証明書の検証で拒否されます。',
      next:
        owner === 'user'
          ? 'クラスターの管理者から新しいkubeconfigを受け取ってください。'
          : 'k3sとminikubeでは停止して起動し直すと更新されます。kubeadmでは「kubeadm certs renew all」を使います。',
    }),
    'certificate-not-yet': ({whose: owner, at}) => ({
      what: `${whose[owner]}が有効になるのは${time(at)}からです。`,
      why: 'このマシンの時計が遅れていると思われます。',
      next: 'NTPなどで時計を合わせてください。',
    }),
    'clock-agrees': () => ({what: '一致しています。'}),
    'clock-differs': ({seconds}) => ({
      what: `クラスターの時計が、このマシンより${Math.abs(seconds)}秒${seconds > 0 ? '進んで' : '遅れて'}います。`,
      why: 'カウントダウンや中断時間の表示がずれます。数分ずれると、証明書やトークンが拒否されます。',
      next: '両方の時計をNTPで合わせてください。スリープした仮想マシン(Docker Desktop、WSL)は、再起動すると直ります。',
    }),
    'nodes-ready': ({nodes, workers}) => ({what: `${nodes}台がReady(うちPod用は${workers}台)`}),
    'nodes-few': ({workers, wanted}) => ({
      what: `Pod用のノードが${workers}台しかありません(${wanted}台必要)。`,
      why: 'Podを別のノードに移すステップはスキップされます。',
      next: 'statelabが作成するクラスターには2台あります。',
    }),
    'nodes-not-ready': ({nodes}) => ({
      what: `Readyでないノード: ${list(nodes)}`,
      why: 'そのノードではPodが起動しません(ラボの途中であれば、意図したとおりかもしれません)。',
    }),
    'nodes-cordoned': ({nodes}) => ({
      what: `cordonされているノード: ${list(nodes)}`,
      why: 'そのノードには新しいPodが配置されません(ラボの途中であれば、意図したとおりかもしれません)。',
    }),
    'rights-all': () => ({what: 'ノードの停止、drain、変更ができます。'}),
    'rights-unasked': ({needs}) => ({
      what: `--allow-node-operationsを指定しない限り、statelabは次の操作を行いません: ${rights(needs)}`,
      why: 'statelabのクラスターではなく、ほかの人も使っているかもしれないためです。',
      next: '利用者の了解があれば、次のように実行できます:',
    }),
    'rights-forbidden': ({needs}) => ({
      what: `このクラスターでは、次の権限がありません: ${rights(needs)}`,
      next: 'クラスターの管理者に依頼するか、statelab専用のクラスターを使ってください。',
    }),
    'node-operations-off': ({provider}) => ({
      what: `statelabは、プロバイダー「${provider}」のノードを停止・起動できません。`,
      next: 'ノードを停止するラボは、statelab専用のクラスターで実行できます。',
    }),
    'shared-mount-there': ({path}) => ({what: `全ノードが${path}を共有しています。`}),
    'shared-mount-missing': () => ({
      what: 'ノードが共有するディレクトリがありません。',
      why: 'どのノードからも使えるボリュームを扱うステップはスキップされます。',
      next: 'statelabが作成するクラスターにはあります。',
    }),
    'class-default': ({name, provisioner, bindingMode}) => ({
      what: `${name}${provisioner ? `(${[provisioner, bindingMode].filter(Boolean).join('、')})` : ''}`,
    }),
    'class-none': () => ({
      what: 'デフォルトのStorageClassがありません。',
      why: 'クラスを指定しないPersistentVolumeClaimは、Pendingのままになります。',
    }),
    'class-several': ({names, taken}) => ({
      what: `デフォルトのStorageClassが複数あります: ${list(names)}`,
      why: `Kubernetesは最も新しい${taken}を選びますが、それが意図したものとは限りません。`,
      next: '1つだけ残してください:',
    }),
    'class-starts-empty': ({name}) => ({
      what: `${name}のボリュームは、Podが別のノードに移ると空のディレクトリになります。`,
      next: 'ラボが該当する箇所でそのことを示し、別のステップに切り替えるため、対処は不要です。',
    }),
    'host-path-admitted': () => ({what: 'Podはノードのディレクトリを使えます。'}),
    'host-path-refused': ({namespace, level}) => ({
      what: `名前空間「${namespace}」では、Podがノードのディレクトリを使えません${level ? `(Pod Securityのレベルが${level}のため)` : ''}。`,
      why: 'hostPathボリュームを使うPodは作成を拒否されます。',
      next: level
        ? '自分で設定したものであれば、取り除いてください:'
        : 'クラスターの管理者に確認してください。',
    }),
    'labs-whole': ({labs}) => ({
      what: labs === 1 ? 'このラボは最後まで実行できます。' : `${labs}個のラボすべてを最後まで実行できます。`,
    }),
    'labs-in-part': ({refused, shortened}) => ({
      what: [
        refused.length > 0 ? `実行できないラボ: ${list(refused)}。` : '',
        shortened.length > 0 ? `一部のステップがスキップされるラボ: ${list(shortened)}。` : '',
      ].join(''),
      next: '足りないものは上に示しています。statelabが新しく作成するクラスターでは、すべて実行できます。',
    }),
  },
  everyLab: 'すべてのラボ',
  labs: labs => `影響: ${labs}`,
  verdict: {
    well: '問題はありません。「statelab run」で始められます。',
    warned: warnings => `ラボを始められます。注意が必要な点が${warnings}件あります。`,
    stopped: (stops, warnings) =>
      `このままではラボを始められません(要対応${stops}件${warnings > 0 ? `、注意${warnings}件` : ''})。`,
    first: what => `まず: ${what}`,
    fixable: count => `そのうち${count}件は「statelab doctor --fix」で直せます。`,
  },
};
