import type {Words} from '../../sentences.ts';

/** With one digit after the point at most. */
const rounded = (value: number) => Math.round(value * 10) / 10;

export const clusters = {
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
} satisfies Partial<Words>;
