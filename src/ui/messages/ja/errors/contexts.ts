import {commandsToPrepare, commandToBind} from '../../administrator.ts';
import type {ErrorSentences} from '../../sentences.ts';

export const contexts = {
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
} satisfies Partial<ErrorSentences>;
