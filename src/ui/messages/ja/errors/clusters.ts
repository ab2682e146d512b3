import type {ErrorSentences} from '../../sentences.ts';

/** What could not be done. It comes as English words: "create", "stop node k3d-lab-agent-0". */
function failed(cluster: string, doing: string): string {
  const [, operation = '', node] = /^(start|stop) node (.+)$/.exec(doing) ?? ['', doing];
  const subject = node === undefined ? `クラスター「${cluster}」` : `ノード「${node}」`;
  const said: Record<string, string> = {
    create: `${subject}を作成できませんでした`,
    delete: `${subject}を削除できませんでした`,
    start: `${subject}を起動できませんでした`,
    stop: `${subject}を停止できませんでした`,
    'load images': `${subject}にイメージを読み込めませんでした`,
    connect: `${subject}に接続できませんでした`,
  };
  return said[operation] ?? `${subject}の操作に失敗しました(${doing})`;
}

export const clusters = {
  'cluster-missing': ({cluster, provider}) => ({
    what: `${provider}のクラスター「${cluster}」はありません。`,
    next: '「statelab cluster up」で作成できます。既存のクラスターは「statelab cluster list」で確認できます。',
  }),
  'cluster-lost': ({cluster, detail}) => ({
    what: `ラボの実行中にクラスター「${cluster}」が削除されました(${detail})。`,
    next: '進捗は保存されています。「statelab run」で新しいクラスターを作成し、元のステップから再開できます。',
  }),
  'cluster-stopped': ({cluster, provider}) => ({
    what: `${provider}のクラスター「${cluster}」は停止しています。`,
    next: '「statelab cluster up」で起動してください。',
  }),
  'cluster-unreachable': ({cluster, provider, detail}) => ({
    what: `${provider}のクラスター「${cluster}」は動いていますが、APIサーバーが応答しません: ${detail}`,
    next: 'まだ起動中かもしれません。「statelab cluster up」を実行すると、応答するまで待ちます。応答しないままの場合は、「statelab doctor」で詳しく調べられます。',
  }),
  'cluster-taken': ({cluster, provider}) => ({
    what: `${provider}のクラスター「${cluster}」はすでに存在します。statelabが作成したものではないため、変更しません。`,
    next: '「--cluster」で別の名前を指定するか、「--provider context」で既存のクラスターをそのまま使ってください。',
  }),
  'cluster-busy': ({cluster, doing, pid}) => ({
    what: `クラスター「${cluster}」は別のプロセス(${pid})が${{create: '作成', start: '起動', delete: '削除'}[doing]}しているところです。`,
    next: `終わるのを待ってから、もう一度実行してください。動いていないようなら、そのプロセスを終了してください。続きはstatelabが引き継ぎます。該当するプロセスがない場合(別のマシンのプロセスだった場合や、マシン名が変わった場合)は「statelab cluster down --cluster ${cluster}」を実行してください。`,
  }),
  'cluster-unready': ({cluster, waiting}) => ({
    what: `クラスター「${cluster}」は作成されていますが、3分たっても次のものの準備ができていません: ${waiting.join('、')}`,
    next: '原因は「kubectl get pods -A」と「kubectl describe」で確認できます。ネットワークがないと、イメージを取得できないことがあります。「statelab run」でこのまま使うことも、「statelab cluster down」で削除することもできます。',
  }),
  'cluster-name': ({cluster, limit}) => ({
    what: `「${cluster}」はクラスター名として使えません。`,
    next: `${limit}文字以内の名前にしてください。使える文字は英小文字、数字、ハイフンで、ハイフンを先頭や末尾に置くことはできません。`,
  }),
  'cluster-differs': ({cluster, provider, option}) => ({
    what: `${provider}のクラスター「${cluster}」はすでに存在し、${option}で作成されています。この設定は変更できません。`,
    next: `「--cluster」で別の名前を指定するか、先に「statelab cluster down --provider ${provider} --cluster ${cluster}」で削除してください。`,
  }),
  'sandbox-failed': ({cluster, detail}) => ({
    what: `sandbox「${cluster}」を起動できませんでした: ${detail}`,
    next: `修復できない場合は、「statelab cluster down --provider sandbox --cluster ${cluster}」で削除してから「statelab run」で作り直してください。進捗は保存されています。`,
  }),
  'cluster-failed': ({cluster, doing, detail}) => ({
    what: `${failed(cluster, doing)}: ${detail}`,
    next: `${doing === 'create' ? '作りかけのものは削除しました。' : ''}もう一度実行してください。このマシンの状態は「docker ps --all」で確認できます。`,
  }),
  'node-unknown': ({node, known}) => ({
    what: `クラスターにノード「${node}」はありません。`,
    next: `次の中から選んでください: ${known.join('、')}`,
  }),
  'node-stopped': ({node}) => ({
    what: `ノード「${node}」は停止しているため、何も実行できません。`,
    next: `「statelab node start ${node}」で起動してください。`,
  }),
  'node-operations-off': ({provider, withheld}) => ({
    what: withheld
      ? 'statelabが作成したクラスターではなく、ほかの人のPodも動いているため、許可がないかぎりノードの停止、起動、ノード内での操作は行いません。'
      : `statelabが作成したクラスターではないため、プロバイダー「${provider}」ではノードの停止、起動、ノード内での操作ができません。`,
    next: withheld
      ? 'クラスターの利用者全員の同意があれば、--allow-node-operationsを付けてください。'
      : '「statelab cluster up --provider k3d」で自分専用のクラスターを作成してください。',
  }),
} satisfies Partial<ErrorSentences>;
