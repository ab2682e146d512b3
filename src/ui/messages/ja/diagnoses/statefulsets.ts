import {asArgument, type StatefulSetSentences} from '../../diagnosis-kit.ts';
import {called} from './called.ts';

export const statefulSets: StatefulSetSentences = {
  'update-held': ({object, facts}) =>
    facts.partition === undefined
      ? `${called(object)}の${facts.pods.join('、')}は、古いテンプレートのままです。更新戦略がOnDelete(spec.updateStrategy.type)の場合、Podは誰かが削除するまで置き換えられません。typeをRollingUpdateにしてください。`
      : `${called(object)}の${facts.pods.join('、')}は、古いテンプレートのままです。spec.updateStrategy.rollingUpdate.partitionが${facts.partition}のため、それより番号の小さいPodは置き換えられません。0にしてください。`,
  orphaned: ({object, facts}) =>
    `${called(object)}は、所有者のないまま動き続けています。所有者だった${facts.owner}が、Podを残して削除されたためです(metadata.ownerReferences、--cascade=orphan)。Podも削除してください${object ? `: kubectl delete ${asArgument(object)}` : '。'}`,
  'outside-template': ({object, facts}) =>
    `変更されたのは${called(object)}自身の${facts.what}です(metadata.${facts.what})。${facts.workload}がPodを作り直すのは、テンプレート(spec.template)の内容が変わったときだけです。`,
  'retention-too-late': ({object, facts}) =>
    `${called(object)}が残っています。whenScaledはPodがなくなるときに働きますが、「${facts.pod}」はポリシーの設定前になくなっていたため、PVCに所有者がいません(metadata.ownerReferences)。StatefulSet「${facts.workload}」を${facts.replicas}以上に増やし、「${facts.pod}」がReadyになってから、もう一度減らしてください。`,
};
