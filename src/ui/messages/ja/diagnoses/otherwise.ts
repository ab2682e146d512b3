import {asArgument, type OtherwiseSentences} from '../../diagnosis-kit.ts';
import {called} from './called.ts';

export const otherwise: OtherwiseSentences = {
  'wrong-namespace': ({object, facts}) =>
    `${called(object)}は、名前空間「${facts.wanted}」ではなく「${facts.found}」にあります(metadata.namespace)。「${facts.found}」から削除し、「${facts.wanted}」に作成してください。`,
  'wrong-name': ({object, facts}) =>
    `${called(object)}の名前が指示と異なります。metadata.nameは「${facts.found}」ですが、正しくは「${facts.wanted}」です。`,
  'wrong-kind': ({object, facts}) =>
    facts.madeBy
      ? `${called(object)}は${facts.madeBy}のものです(metadata.ownerReferences)。このステップで必要なのは、ワークロードに管理されない単独の${facts.wanted}です。作成したものを削除して、${facts.wanted}を作成してください。`
      : `${called(object)}は、名前は合っていますが種類(kind)が違います。このステップで必要なのは${facts.wanted}です。削除して、${facts.wanted}を作成してください。`,
  'wrong-field': ({object, path, facts: {found, wanted, not, has, fixed}}) =>
    [
      `${called(object)}の${path}${found === undefined ? 'が設定されていません' : `は「${found}」です`}。`,
      ...(wanted === undefined ? [] : [`正しくは「${wanted}」です。`]),
      ...(not === undefined ? [] : [`「${not}」以外の値にしてください。`]),
      ...(has ? [`あるのは${has.join('、')}です。`] : []),
      ...(fixed
        ? ['既存のオブジェクトのこのフィールドは変更できません。削除してから、適用し直してください。']
        : []),
    ].join(''),
  'scaled-replicaset': ({facts}) =>
    `ReplicaSet「${facts.replicaSet}」のspec.replicasを変更しても、所有者のDeployment「${facts.deployment}」がすぐに元へ戻します。Deploymentをスケールしてください。`,
  'scaled-elsewhere': ({object, facts}) =>
    `${called(object)}が${facts.replicas}にスケールされました(spec.replicas)。このステップでスケールするのは${facts.wanted}です。元に戻してから、${facts.wanted}をスケールしてください。`,
  'scaled-away': ({object, facts}) =>
    `${called(object)}が${facts.before}から${facts.replicas}にスケールされたため(spec.replicas)、このステップに必要なPodが作られません${object ? `。元に戻すには: kubectl scale --replicas ${facts.before} ${asArgument(object)}` : '。'}`,
  'scaled-not-deleted': ({object}) =>
    `${called(object)}は0にスケールされただけで(spec.replicas)、Podはなくなってもオブジェクト自体は残っています。このステップでは削除が必要です${object ? `: kubectl delete ${asArgument(object)}` : '。'}`,
  'made-again': ({object, facts}) =>
    `Podを削除しても、所有者の${facts.owner}が代わりの${called(object)}を作ります(metadata.ownerReferences)。Podではなく、${facts.owner}を削除またはスケールしてください。`,
  'deleted-meanwhile': ({object}) =>
    `${called(object)}が削除されましたが、このステップに必要です。作成に使ったマニフェストで作り直してください。`,
  'rollout-paused': ({object}) =>
    `${called(object)}は一時停止中で(spec.paused)、変更がPodに反映されません${object ? `。再開するには: kubectl rollout resume ${asArgument(object)}` : '。'}`,
  'rollout-stuck': ({object, facts}) =>
    `${called(object)}はStatefulSet「${facts.workload}」の古いテンプレートのままで(metadata.labels[controller-revision-hash])、Readyになりません。StatefulSetはReadyになるまで先へ進まないため、このPodを削除してください。次のPodは新しいテンプレートで作られます。`,
};
