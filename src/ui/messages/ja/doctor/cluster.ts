import type {Need} from '../../../../lab/needs.ts';
import {day, type FindingSentences, refusedRights, time} from '../../doctor-kit.ts';

const list = (names: readonly string[]) => names.join('、');
const whose = {server: 'APIサーバーの証明書', user: 'kubeconfigにあるユーザーの証明書'};

const asked = {
  workers: 'ノードの参照',
  nodeOperations: 'ノードの停止と起動',
  nodeChanges: 'ノードのcordon、drain、Taintの変更',
  persistentVolumes: 'PersistentVolumeの作成',
  storageClasses: 'StorageClassの参照',
};
const rights = (needs: readonly Need[]) => list(refusedRights(asked, needs));

export const cluster = {
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
} satisfies Partial<FindingSentences>;
