import type {Unsuited, WhyPending} from '../../../../checks/facts/claims.ts';
import type {VolumeSentences} from '../../diagnosis-kit.ts';
import {all, called, meant} from './called.ts';

const kindOfFile: Record<string, string> = {directory: 'ディレクトリ', file: 'ファイル'};

export const volumes: VolumeSentences = {
  'claim-pending': ({object, path, facts}) =>
    `${called(object)}はPendingのままです。${whyPending(facts, path ?? '')}`,
  'claim-gone': ({object, facts}) =>
    facts.deleting
      ? `${called(object)}は起動できません。使おうとしているPersistentVolumeClaim「${facts.claim}」(claimName)が削除処理中で、新しいPodからは使えないためです。Podを削除して、PersistentVolumeClaimがなくなってから、両方を作り直してください。`
      : `${called(object)}は起動できません。指定されたPersistentVolumeClaim「${facts.claim}」(spec.volumes[].persistentVolumeClaim.claimName)がこの名前空間にありません。${meant(facts.nearest)}`,
  'claim-deleted': ({object, facts}) => {
    if (facts.isGoing)
      return `${called(object)}は削除の要求を受けています(metadata.uid: ${object?.uid ?? ''})。Podが使っているためまだ残っていますが、使うPodがなくなると${facts.kept ? '' : `PersistentVolume「${facts.volume ?? ''}」やその中のデータとともに`}消えます。要求は取り消せません。「redo」で、このステップの開始時点まで戻せます。`;
    return facts.kept
      ? `${called(object)}が削除されました(metadata.uid: ${object?.uid ?? ''})。PersistentVolume「${facts.volume ?? ''}」はRetainのためデータは残っていますが、spec.claimRefを消すまで新しいPersistentVolumeClaimからは使えません。「redo」で、このステップの開始時点まで戻せます。`
      : `${called(object)}が削除され、PersistentVolume「${facts.volume ?? ''}」とその中のデータもすべて失われました。${facts.again ? '同じ名前のものは、空のボリュームを持つ別のオブジェクトです(metadata.uidが異なります)。' : `元のmetadata.uidは${object?.uid ?? ''}で、作り直しても中身は空です。`}「redo」で、このステップの開始時点まで戻せます。`;
  },
  'volume-released': ({object, facts}) =>
    `${called(object)}はReleasedです。削除されたPersistentVolumeClaim「${facts.claim}」のものとして残っているため(spec.claimRef)、${facts.wantedBy ? `PersistentVolumeClaim「${facts.wantedBy}」には割り当てられません` : 'ほかからは使えません'}。データは残っています。再びAvailableにするには: kubectl patch pv ${object?.name ?? ''} --type=json -p '[{"op":"remove","path":"/spec/claimRef"}]'`,
  'being-deleted': ({object, facts}) =>
    `${called(object)}は削除処理中です(metadata.deletionTimestamp)。${
      facts.heldBy.length > 0
        ? `${all(facts.heldBy)}が使っている間は削除されません(ファイナライザー: ${facts.finalizers.join('、')})。`
        : facts.finalizers.length > 0
          ? `ファイナライザー(${facts.finalizers.join('、')})が残っているため、まだ削除されません。`
          : ''
    }`,
  'mount-failed': ({object, facts}) =>
    `${called(object)}は、ボリューム${facts.volume ? `「${facts.volume}」` : ''}(spec.volumes)をマウントできないため起動できません。${
      facts.missing ? `${facts.missing.kind}「${facts.missing.name}」がありません。` : ''
    }${
      facts.hostPath
        ? `hostPathのtypeは${kindOfFile[facts.hostPath.wanted] ?? facts.hostPath.wanted}を求めていますが、ノードの${facts.hostPath.path}は存在しないか、種類が違います。`
        : ''
    }${meant(facts.missing?.nearest)}`,
};

function whyPending(why: WhyPending, path: string): string {
  switch (why.reason) {
    case 'class-unknown':
      return `クラス「${why.wanted}」(${path})を指定していますが、その名前のStorageClassもPersistentVolumeもこのクラスターにありません。${known(why)}このクラスのPersistentVolumeを作成するか、PersistentVolumeClaimを削除して正しいクラスで作り直してください(クラスは後から変更できません)。`;
    case 'no-default-class':
      return `クラスを指定しておらず(${path})、このクラスターにはデフォルトのStorageClassがありません。${why.known.length > 0 ? `次のいずれかを指定してください: ${all(why.known)}` : ''}`;
    case 'no-volume':
      return why.nearest
        ? `条件に合うPersistentVolumeがありません。最も近いのは「${why.nearest.volume}」ですが、${why.nearest.unsuited.map(one => unsuited(one)).join('、')}(${path})。`
        : `${why.class === '' ? 'クラスなし(storageClassName: "")を指定しているためボリュームは自動では作られず' : `クラス「${why.class}」(${path})のボリュームは自動では作られず`}、使えるPersistentVolumeもありません。${why.class === '' ? 'デフォルトのクラスを使うには、storageClassNameを書かないでください。' : ''}`;
    case 'volume-unknown':
      return `指定されたPersistentVolume「${why.volume}」(${path})がありません。${meant(why.nearest)}`;
    case 'volume-taken':
      return `PersistentVolume「${why.volume}」は条件に合いますが、PersistentVolumeClaim「${why.by}」に割り当て済みです。1つのボリュームを使えるPersistentVolumeClaimは1つだけです(${path})。どちらかを削除するか、別のボリュームを作成してください。`;
    case 'provisioning-failed':
      return `クラスの指定は正しいですが(${path})、ボリュームを作成できませんでした。`;
    case 'waits-for-pod':
      return `クラス「${why.class}」(${path})は、Podが使うまでボリュームを割り当てません(WaitForFirstConsumer)。まだこのPersistentVolumeClaimを使うPodがありません。`;
  }
}

function known({known: classes, ofVolumes}: Extract<WhyPending, {reason: 'class-unknown'}>): string {
  const there = [
    ...(classes.length > 0 ? [`StorageClass「${all(classes)}」`] : []),
    ...(ofVolumes.length > 0 ? [`PersistentVolumeのクラス「${all(ofVolumes)}」`] : []),
  ];
  return there.length > 0 ? `あるのは${all(there)}です。` : '';
}

const unsuited = ({in: what, found, wanted}: Unsuited): string =>
  ({
    class: `クラスが「${found}」です(必要: 「${wanted}」)`,
    size: `容量が${found}です(必要: ${wanted})`,
    access: `アクセスモードが${found}です(必要: ${wanted})`,
    mode: `ボリュームモードが${found}です(必要: ${wanted})`,
    selector: `ラベルが${found === '' ? 'ありません' : `${found}です`}(必要: ${wanted})`,
  })[what];
