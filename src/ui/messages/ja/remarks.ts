import type {RemarkSentences} from '../sentences.ts';

export const remarks: RemarkSentences = {
  'exec-without-dashes': ({program}) =>
    `kubectl execでは、プログラムの前に「--」が必要です。その左側はkubectlへの指定、右側はコンテナの中で実行するプログラムになります: kubectl exec POD -- ${program ?? 'PROGRAM'} …`,
  'exec-without-input': ({program}) =>
    `入力を受け取れないため、${program}はすぐに終了しました。kubectl exec -it POD -- ${program} … とすると、キーボードと画面がつながります。`,
  'client-name': ({typed, name}) =>
    `このラボのイメージに「${typed}」はありません。代わりに「${name}」を使ってください。`,
  'password-apart': ({password}) =>
    `「${password}」はデータベース名として扱われます。パスワードは、空白を入れずに-pの直後に書くか(-p${password})、--password=${password}のように指定してください。`,
  'other-namespace': ({typed, wanted}) =>
    `このコマンドは名前空間「${typed}」で実行されました。このラボの名前空間は「${wanted}」で、kubectlが自動で使うため、-nは不要です。`,
  'other-cluster': ({option}) =>
    `「${option}」を付けると、ラボとは別のクラスターで実行され、ここでの結果には反映されません。外してください。`,
  'no-such-manifest': ({typed, known, nearest}) =>
    `ラボのディレクトリに「${typed}」というファイルはありません。${nearest ? `「${nearest}」の間違いではありませんか？` : known.length > 0 ? `あるのは次のファイルです: ${known.join('、')}` : ''}`,
  'drain-refused': () =>
    'drainは完了せず、ノードはcordonされたままです。原因は上のkubectlの出力で確認できます。考えられるのは、DaemonSetのPod(--ignore-daemonsets)、emptyDirを使うPod(--delete-emptydir-data)、コントローラーのないPod(--force)、またはPodDisruptionBudgetです。',
  'port-forward-ended': () =>
    'port-forwardが終了しました。ポートが使用中の場合は、別のターミナルで動いているport-forwardをCtrl-Cで終了してください。Podがない、またはまだ動いていない場合は、Podが動いてからやり直してください。',
  'not-changeable': ({kind, name}) =>
    ({
      StatefulSet: `${kind}「${name}」は変更されませんでした。既存のStatefulSetで変更できるのは、replicas、template、updateStrategy、persistentVolumeClaimRetentionPolicyなどです。volumeClaimTemplates、serviceName、selectorは変更できません。kubectl delete statefulset ${name} を実行してから適用し直してください。PersistentVolumeClaimは残ります。--cascade=orphanを付けると、Podも今のまま残ります。`,
      Pod: `${kind}「${name}」は変更されませんでした。既存のPodで変更できるのは、イメージなどごく一部です。kubectl delete pod ${name} を実行してから適用し直してください。`,
      PersistentVolumeClaim: `${kind}「${name}」は変更されませんでした。既存のPersistentVolumeClaimで変更できるのは容量だけです。kubectl delete pvc ${name} を実行してから適用し直してください。ボリュームの回収ポリシーがDeleteの場合、データも消えます。`,
      PersistentVolume: `${kind}「${name}」は変更されませんでした。既存のPersistentVolumeのファイルの場所は変更できません。kubectl delete pv ${name} を実行してから適用し直してください。手作業で作ったものなら、ファイルは残ります。`,
    })[kind] ??
    `${kind}「${name}」は変更されませんでした。変更できないフィールドがあります(上のkubectlの出力を参照)。kubectl delete ${kind.toLowerCase()} ${name} を実行してから適用し直してください。`,
  'already-there': () =>
    'kubectl createで作れるのは、まだないオブジェクトだけです。既存のものを変更するには: kubectl apply -f FILE',
  'delete-goes-on': () =>
    '待つのをやめただけで、削除の要求は取り消されていません。オブジェクトは、使っているものがなくなると消えます。何が使っているかはkubectl describeで確認できます。応答しないノードのPodは、--force --grace-period=0でなければ消えません。',
  'apply-refused': () =>
    '一部またはすべてが適用されませんでした。上のkubectlの出力に、フィールドが変更できない(immutable、may not change)とある場合は、そのオブジェクトを削除してから適用し直してください。',
};
