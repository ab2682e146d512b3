import type {ErrorFacts, LabNeed} from '../../../errors.ts';
import type {Said} from '../sentences.ts';

/** Why a lab is not begun on a cluster. */
export function labNeeds({lab, need, wanted, withheld}: ErrorFacts['lab-needs']): Said {
  const own = `「statelab run ${lab} --provider k3d」(または「--provider sandbox」)で、statelab専用のクラスターを使えます。`;
  if (withheld === 'unasked')
    return {
      what: `ラボ「${lab}」では${doing[need] ?? 'ノードを変更します'}。ほかの人も使うクラスターでは、その人たちのPodが退避させられたり、待たされたり、ノードを失ったりするおそれがあります。`,
      next: `利用者の同意があれば「statelab run ${lab} --allow-node-operations」で始められます。なければ、${own}`,
    };
  if (withheld === 'forbidden')
    return {
      what: `ラボ「${lab}」では${doing[need] ?? 'クラスターを操作します'}が、このクラスターではその権限がありません。`,
      next: `クラスターの管理者に権限を依頼するか、別のクラスターを使ってください。${own}`,
    };
  return {what: lacking(lab, wanted)[need], next: own};
}

const doing: Partial<Record<LabNeed, string>> = {
  workers: 'Podを置くノードを名前で指定するため、ノードの一覧を参照します',
  nodeOperations: 'ノードを停止・起動します',
  nodeChanges: 'ノードをcordon、drain、taintします',
  persistentVolumes: 'クラスター全体のものであるPersistentVolumeを手動で作成します',
  storageClasses: 'StorageClassを参照します',
  bindingMode: 'StorageClassを参照します',
  volumes: 'StorageClassを参照します',
};

const lacking = (lab: string, wanted: string): Record<LabNeed, string> => ({
  workers: `ラボ「${lab}」にはPod用のノード(Readyで、cordonもtaintもされていないもの)が${wanted}台必要ですが、このクラスターでは足りません。`,
  hostPath: `ラボ「${lab}」ではPodがノードのディレクトリを使いますが、このクラスターでは禁止されています。`,
  sharedDirectory: `ラボ「${lab}」には全ノードで共有するディレクトリが必要ですが、このクラスターにはありません。`,
  nodeOperations: `ラボ「${lab}」ではノードを停止・起動しますが、このクラスターのノードはstatelabから操作できません。`,
  nodeChanges: `ラボ「${lab}」ではノードをcordon、drain、taintしますが、このクラスターではできません。`,
  persistentVolumes: `ラボ「${lab}」ではPersistentVolumeを手動で作成しますが、このクラスターではできません。`,
  defaultClass: `ラボ「${lab}」にはデフォルトのStorageClassが必要ですが、このクラスターにはありません。`,
  storageClasses: `ラボ「${lab}」ではStorageClassを扱いますが、このクラスターでは参照できません。`,
  bindingMode: `ラボ「${lab}」には、volumeBindingModeが${wanted}のデフォルトのStorageClassが必要ですが、このクラスターのものは異なります。`,
  volumes: `ラボ「${lab}」で扱うデフォルトのStorageClassのボリュームは、このクラスターのものとは動作が異なります。`,
});
