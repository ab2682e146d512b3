import {shellWord} from '../../../shell-word.ts';
import {commandsToPrepare, commandToBind} from '../administrator.ts';
import type {ErrorSentences} from '../sentences.ts';
import {labNeeds} from './lab-needs.ts';

const install = {
  kubectl: 'https://kubernetes.io/ja/docs/tasks/tools/',
  k3d: 'https://k3d.io/',
  minikube: 'https://minikube.sigs.k8s.io/docs/start/',
  docker: 'https://docs.docker.com/engine/install/',
};

/** What shows that a provider's own program works. */
const listing = {k3d: 'k3d cluster list', minikube: 'minikube profile list'};

const allLabs = 'ラボの一覧は「statelab labs」で確認できます。';

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

export const errors: ErrorSentences = {
  'unknown-lab': ({lab, suggestion}) => ({
    what: `「${lab}」というラボはありません。`,
    next: suggestion ? `「${suggestion}」の誤りかもしれません。${allLabs}` : allLabs,
  }),
  'broken-lab': ({problems}) => ({
    what: `ラボの定義に問題が${problems.length}件あります:\n${problems
      .map(
        ({file, line, path, message}) =>
          `  ${file}${line === undefined ? '' : `:${line}`}${path ? ` ${path}` : ''}: ${message}`,
      )
      .join('\n')}`,
    next: 'ファイルを修正して、もう一度実行してください。',
  }),
  'unknown-step': ({lab, step, steps}) => ({
    what: `ラボ「${lab}」に「${step}」というステップはありません。`,
    next: `次の中から選んでください: ${steps.join('、')}`,
  }),
  'no-lab-open': () => ({
    what: 'まだどのラボも開始していません。',
    next: `「statelab run <ラボ>」で開始してください。${allLabs}`,
  }),
  'program-missing': ({program}) => ({
    what: `この操作に必要な${program}がPATHに見つかりません。`,
    next: `${program}をインストールして、もう一度実行してください(${install[program]})。`,
  }),
  'kubectl-unfetched': ({detail}) => ({
    what: `kubectlがPATHに見つからず、npmからも取得できませんでした: ${detail}`,
    next: `kubectlをインストールして、もう一度実行してください(${install.kubectl})。`,
  }),
  'kubectl-broken': ({detail}) => ({
    what: `PATHにあるkubectlを実行できません: ${detail}`,
    next: `「kubectl version --client」の出力を確認し、kubectlをインストールし直して、もう一度実行してください(${install.kubectl})。`,
  }),
  'kubectl-skew': ({client, server, minimum}) => ({
    what: `kubectl ${client}は、このクラスターのKubernetes ${server}に対して古すぎます。`,
    next: `kubectl ${minimum}以降をインストールしてください(${install.kubectl})。`,
  }),
  'docker-down': why => ({
    what:
      'seconds' in why
        ? `Dockerが${why.seconds}秒以内に応答しませんでした。`
        : `Dockerが応答しません: ${why.detail}`,
    next: 'Dockerを起動してもう一度実行するか、「statelab run --provider sandbox」で模擬クラスターを使ってください。',
  }),
  'provider-failed': ({provider, ...why}) => ({
    what:
      'seconds' in why
        ? `${provider}が${why.seconds}秒以内に応答しませんでした。`
        : `${provider}がエラーで終了しました: ${why.detail}`,
    next: `「${listing[provider]}」で原因を調べて対処するか、「--provider sandbox」で模擬クラスターを使ってください。`,
  }),
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
    next: '終わるのを待ってから、もう一度実行してください。動いていないようなら、そのプロセスを終了してください。続きはstatelabが引き継ぎます。',
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
  'answer-unknown': ({command, detail}) => ({
    what: `「${command}」の応答を読み取れませんでした: ${detail}`,
    next: 'statelabがまだ対応していないバージョンかもしれません。動作を確認したバージョンはREADMEにあります。「--provider k3d」または「--provider sandbox」を指定すれば、これを使わずに進められます。',
  }),
  'bundle-folder': ({folder}) => ({
    what: `「${folder}」はフォルダーです。バンドルは1つのファイルに書き出します。`,
    next: `フォルダーの中のファイル名を指定してください: statelab bundle save ${shellWord(`${folder.replace(/[\\/]+$/, '')}/class.tar`)}`,
  }),
  'bundle-program': ({program, file}) => ({
    what: `「${file}」は別のプログラムを呼び出すスクリプトのため、ほかのマシンでは動きません。`,
    next: `${program}本体のあるフォルダーをPATHの先頭に置いてから、もう一度保存してください。`,
  }),
  'bundle-unwritten': ({file, folder, detail}) => ({
    what: `バンドル「${file}」を書き込めませんでした: ${detail}。書きかけのものは残っていません。`,
    next: `書き込みの間、「${folder}」に最大2GBの空きが必要です。空きを増やすか別のディスクを選んで、もう一度保存してください。`,
  }),
  'bundle-unreadable': ({file, detail}) => ({
    what: `バンドル「${file}」を読み込めません: ${detail}`,
    next: 'ファイル名とディスクを確認して、もう一度実行してください。',
  }),
  'bundle-unknown': ({file}) => ({
    what: `「${file}」は、このstatelabが扱えるバンドルではありません。`,
    next: 'バンドルは「statelab bundle save <file>」で作成できます。新しいバージョンのstatelabで作成されたものなら、先にその中のstatelabをインストールしてください(「tar -tf」で確認し、npmでインストールします)。',
  }),
  'bundle-broken': ({file, how, part}) => ({
    what:
      how === 'torn'
        ? `バンドル「${file}」が途中で終わっています。最後までコピーされていません。中身は何も使っていません。`
        : `バンドル「${file}」が壊れているか、書き換えられています(「${part}」が保存時と異なります)。中身は何も使っていません。`,
    next: '保存元からもう一度コピーするか、保存し直してください。',
  }),
  'bundle-architecture': ({file, bundle, machine}) => ({
    what: `バンドル「${file}」は${bundle}用ですが、このマシンのDockerは${machine}です。`,
    next: `${machine}のマシンで保存したバンドルを使ってください。`,
  }),
  'bundle-unloaded': ({image, detail}) => ({
    what: `Dockerにイメージ「${image}」を読み込めませんでした: ${detail}`,
    next: 'ディスクの空きは「docker system df」で確認できます。それまでに読み込んだものは残っています。解決したら、もう一度バンドルを読み込んでください。',
  }),
  'image-missing': ({image, detail}) => ({
    what: `イメージ「${image}」がこのマシンになく、レジストリからも取得できません: ${detail}`,
    next: `ネットワークを確認し、「docker pull ${image}」を試してください。`,
  }),
  'namespace-taken': ({namespace, owner}) => ({
    what: owner
      ? `名前空間「${namespace}」は別の学習者(${owner})が使っているため、変更しません。`
      : `名前空間「${namespace}」はすでに存在します。statelabが作成したものではないため、変更しません。`,
    next: `不要であれば「kubectl delete namespace ${namespace}」で削除し、必要であれば別のクラスターを使ってください。`,
  }),
  'volumes-in-the-way': ({lab, volumes}) => ({
    what: `ラボ「${lab}」を実行すると、ほかの人が作成したPersistentVolumeを使ってしまいます: ${volumes.join('、')}。PVCは、同じStorageClassの空いているボリュームなら、だれのためのものでも結び付きます。`,
    next: `作成した人がspec.claimRefで予約するか、「statelab run ${lab} --provider k3d」で自分専用のクラスターを使ってください。`,
  }),
  'namespace-unprepared': ({namespace, lab, user}) => ({
    what: `ラボ「${lab}」には名前空間「${namespace}」が必要ですが、このクラスターで作成する権限がありません。`,
    next: `クラスターの管理者に次のコマンドで準備してもらい、もう一度始めてください。\n${commandsToPrepare(namespace, lab, user)}`,
  }),
  'rights-missing': ({namespace, lab, missing, user}) => ({
    what: `ラボ「${lab}」に必要な権限が、名前空間「${namespace}」で不足しています: ${missing.join('、')}`,
    next: `クラスターの管理者に、たとえば次のコマンドで権限を付けてもらってください。\n${commandToBind(namespace, user)}`,
  }),
  forbidden: ({verb, resource, namespace, detail}) => ({
    what: `このクラスターでは、${namespace ? `名前空間「${namespace}」の` : ''}${resource}に対する${verb}の権限がありません: ${detail}`,
    next: 'クラスターの管理者に権限を依頼するか、「statelab run --provider k3d」で自分専用のクラスターを使ってください。',
  }),
  'context-unknown': ({context, known}) => ({
    what: context
      ? `kubeconfigにコンテキスト「${context}」がありません。`
      : '使用するkubeconfigのコンテキストが指定されていません。',
    next:
      known.length > 0
        ? `「--context」で次のどれかを指定してください: ${known.join('、')}`
        : 'コンテキストが1つもありません。コンテキストを含むkubeconfigをKUBECONFIGに設定してください。',
  }),
  'kubeconfig-unreadable': ({file, detail}) => ({
    what: `kubeconfigのファイル「${file}」を読み取れません: ${detail}`,
    next: 'ファイルを修正するか、KUBECONFIGで別のファイルを指定してください。kubectlからどう見えるかは「kubectl config view」で確認できます。',
  }),
  'context-unreachable': ({context, detail}) => ({
    what: `コンテキスト「${context}」のクラスターが応答しません: ${detail}`,
    next: `「kubectl --context ${context} get nodes」の結果を確認してください。「statelab doctor --context ${context}」では、さらに詳しく調べられます。`,
  }),
  'context-refused': ({context}) => ({
    what: `同意がないため、コンテキスト「${context}」は使用しません。`,
    next: 'もう一度実行して同意するか、「--yes」であらかじめ同意してください。',
  }),
  'database-differs': ({lab, begun, asked}) => ({
    what: `ラボ${lab}は${begun}で始めたものです。そのファイルは${asked}では使えないため、途中では切り替えられません。`,
    next: `続けるには、--database(またはSTATELAB_DATABASE)の指定を外してください。${asked}でやり直すには、statelab reset ${lab}を実行してから、statelab run ${lab} --database ${asked}を実行します。`,
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
  'journal-newer': ({file, found, known}) => ({
    what: `進捗ファイル「${file}」は、より新しいstatelabで書かれています(形式バージョン${found}、対応しているのは${known}まで)。`,
    next: 'statelabを更新してください。ファイルは変更していません。',
  }),
  'journal-broken': ({file, line}) => ({
    what: `進捗ファイル「${file}」の${line}行目を読み取れません。`,
    next: 'その行を修正するか、ファイルを移動して最初から始めてください。ファイルは変更していません。',
  }),
  'journal-unwritable': ({file, detail}) => ({
    what: `進捗を「${file}」に書き込めません: ${detail}`,
    next: '空き容量を確保するか、STATELAB_HOMEを別のディスクに設定して、もう一度実行してください。これまでの進捗は保存されています。',
  }),
  'file-unwritable': ({file, detail}) => ({
    what: `「${file}」に書き込めません: ${detail}`,
    next: '空き容量を確保するか、書き込めるフォルダーをSTATELAB_HOMEに設定してから、もう一度実行してください。',
  }),
  'journal-locked': ({lab, pid}) => ({
    what: `ラボ「${lab}」は、すでに別のターミナルで実行中です(プロセス${pid})。`,
    next: 'そのターミナルで続けるか、そちらを終了してからもう一度実行してください。',
  }),
  'needs-answer': ({question, flag}) => ({
    what: `ターミナルがないため、次の確認ができません: ${question}`,
    next: `「${flag}」であらかじめ回答を指定してください。`,
  }),
  'reset-incomplete': ({left, mend}) => ({
    what: `元に戻せなかったものがあります: ${left.join('、')}`,
    next: `もう一度実行してください。それでも残る場合は、次のコマンドを手動で実行してください: ${mend.join('; ')}`,
  }),
  'lab-needs': labNeeds,
  'step-not-reached': ({step}) => ({
    what: `ステップ「${step}」はまだ完了していません。`,
    next: '足りないものは「statelab check」で確認できます。',
  }),
  'not-ready': ({provider}) => ({
    what: 'このマシンではまだラボを始められないため、何も行いませんでした。',
    next: `確認した内容は「statelab doctor --provider ${provider}」で表示できます。${provider === 'sandbox' ? '' : '「--provider sandbox」ならDockerなしで始められます。'}`,
  }),
  usage: ({detail}) => ({what: detail, next: '使い方は「statelab --help」で確認できます。'}),
  interrupted: () => ({
    what: '中断しました。',
    next: '進捗は保存されています。「statelab run」で続きから再開できます。',
  }),
};
