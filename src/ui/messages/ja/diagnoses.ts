import {kindNames, type ObjectRef} from '../../../world/object.ts';
import type {DiagnosisSentences} from '../sentences.ts';

const called = (object: ObjectRef | undefined) =>
  object ? `${kindNames[object.kind]}「${object.name}」` : '対象のオブジェクト';

export const diagnoses: DiagnosisSentences = {
  'wrong-namespace': ({object, facts}) =>
    `${called(object)}は、名前空間「${facts.wanted}」ではなく「${facts.found}」にあります(metadata.namespace)。「${facts.found}」から削除し、「${facts.wanted}」に作成してください。`,
  'wrong-name': ({object, facts}) =>
    `${called(object)}の名前が指示と異なります。metadata.nameは「${facts.found}」ですが、正しくは「${facts.wanted}」です。`,
  'scaled-replicaset': ({facts}) =>
    `ReplicaSet「${facts.replicaSet}」のspec.replicasを変更しても、所有者のDeployment「${facts.deployment}」がすぐに元へ戻します。Deploymentをスケールしてください。`,
  'scaled-elsewhere': ({object, facts}) =>
    `${called(object)}が${facts.replicas}にスケールされました(spec.replicas)。このステップで求められているのは${facts.wanted}です。`,
  'image-not-pulled': ({object, facts}) =>
    `${called(object)}は、コンテナ「${facts.container}」のイメージ「${facts.image}」をノードが取得できないため待機しています(${facts.reason})。spec.containers[].imageは正しいですか？`,
  'container-config': ({object, facts}) =>
    `${called(object)}のコンテナ「${facts.container}」を作成できません。`,
  unschedulable: ({object, facts}) => {
    const why = {
      selector: facts.nodeSelector
        ? `spec.nodeSelector(${facts.nodeSelector})に合うノードがありません。`
        : 'ノードアフィニティまたはアンチアフィニティ(spec.affinity)の条件に合うノードがありません。',
      volume: 'ボリュームが、このPodを実行できないノードに固定されています。',
      cordoned: '条件に合うノードがすべて、cordonされているかTaintを持っています(ノードのspec.taints)。',
      resources:
        '要求されたCPUまたはメモリに空きのあるノードがありません(spec.containers[].resources.requests)。',
      other: 'スケジューラーが配置先のノードを見つけられません。',
    };
    return `${called(object)}はPendingのままです。${why[facts.reason]}`;
  },
  'mount-failed': ({object, facts}) =>
    `${called(object)}は、ボリューム${facts.volume ? `「${facts.volume}」` : ''}(spec.volumes)をマウントできないため起動できません。`,
  'crash-loop': ({object, facts}) =>
    `${called(object)}のコンテナ「${facts.container}」が終了コード${facts.exitCode}(statusのterminated.exitCode)で終了し${facts.restarts > 0 ? `、${facts.restarts}回再起動され` : ''}ました。`,
  'create-failed': ({object, facts}) =>
    `${called(object)}は${facts.forbidden ? '、名前空間の制限により' : ''}Podを作成できません。`,
  'service-without-endpoints': ({object, facts}) =>
    `${called(object)}にエンドポイントがありません。spec.selector(${facts.selector})に一致するReadyのPodがないためです。`,
  'object-gone': ({object}) =>
    `${called(object)}がなくなりました(metadata.uid: ${object?.uid ?? ''})。このステップには元のオブジェクトが必要で、作り直しても別のものとして扱われます。「redo」を使うと、新しいオブジェクトでこのステップの開始時点まで戻せます。`,
  'being-deleted': ({object, facts}) =>
    `${called(object)}は削除処理中です(metadata.deletionTimestamp)。${facts.finalizers.length > 0 ? `ファイナライザー(${facts.finalizers.join('、')})が残っているため、まだ削除されません。` : ''}`,
  late: ({facts}) =>
    `通常は約${facts.expected}秒で終わりますが、すでに${facts.seconds}秒かかっています。「kubectl describe」や「kubectl get events」で原因を調べてください。`,
  'wrong-answer': ({facts}) => `「${facts.answer}」は、クラスターの実際の状態と一致しません。`,
  'nothing-to-look-at': ({facts}) =>
    ({
      log: 'ログを確認できるPodがありません。対象のPodは、なくなったか、まだ再起動されていません。',
      exec: '確認先の実行中のPodがありません。',
      files: 'ディレクトリの一覧を取得できないか、ディレクトリが空です。',
      object: '答えの元になるオブジェクトがないか、まだ値が入っていません。',
    })[facts.what],
  blind: () =>
    'クラスターが応答しないため、このステップの状態を判定できません。statelabが再試行を続けているため、操作は不要です。',
};
