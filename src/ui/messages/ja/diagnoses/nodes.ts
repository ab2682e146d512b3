import type {NodeSentences} from '../../diagnosis-kit.ts';
import {all, called} from './called.ts';

const why = {
  volume: '。ボリュームがこのノードに固定されています',
  selector: '。spec.nodeSelectorに合うのはこのノードだけです',
};

export const nodes: NodeSentences = {
  unschedulable: ({object, facts}) => {
    const reasons = {
      selector: `${
        facts.nodeSelector
          ? `spec.nodeSelector(${facts.nodeSelector})に合うノードがありません。`
          : 'ノードアフィニティまたはアンチアフィニティ(spec.affinity)の条件に合うノードがありません。'
      }${facts.nodesHave ? `ノードのラベルは${all(facts.nodesHave)}です。` : ''}`,
      volume: 'ボリュームが、このPodを実行できないノードに固定されています。',
      cordoned: '条件に合うノードがすべて、cordonされているかTaintを持っています(ノードのspec.taints)。',
      resources:
        '要求されたCPUまたはメモリに空きのあるノードがありません(spec.containers[].resources.requests)。',
      other: 'スケジューラーが配置先のノードを見つけられません。',
    };
    const cordoned = facts.cordoned
      ? 'ほかにcordonされたノードがあります。kubectl get nodesで確認し、kubectl uncordon NODEで元に戻せます。'
      : '';
    return `${called(object)}はPendingのままです。${reasons[facts.reason]}${cordoned}`;
  },
  'node-cordoned': ({object, facts}) =>
    `${called(object)}はPendingのままです。ノード「${all(facts.nodes)}」がcordonされています(spec.unschedulable)${facts.pinned ? why[facts.pinned] : ''}。再びPodを配置できるようにするには: kubectl uncordon ${facts.nodes.join(' ')}`,
  'node-tainted': ({object, facts}) =>
    `${called(object)}はPendingのままです。ノード「${facts.node}」のTaint「${facts.taint}」(spec.taints)を、このPodは許容しません${facts.pinned ? why[facts.pinned] : ''}。Taintを外すには: kubectl taint node ${facts.node} ${facts.taint}-`,
  'node-lost': ({object, facts}) =>
    `${called(object)}があるノード「${facts.node}」(spec.nodeName)が応答しません(NotReady)。${facts.terminating ? 'Podの終了を確認できるのはそのノードだけなので、Terminatingのままです' : 'そのノードでは何も起動も終了もしません'}。ノードを起動するには: statelab node start ${facts.node}`,
  'not-forced': ({object, facts}) =>
    `${called(object)}は削除の要求を受けていますが(metadata.deletionTimestamp)、Terminatingのままです。--forceのないkubectl deleteはノードが終了を確認するのを待ちますが、「${facts.node}」は応答しません。確認なしにAPIから消すには: kubectl delete pod ${object?.name ?? ''} --force --grace-period=0`,
  'wrong-node': ({facts}) => {
    const {found} = facts;
    const done = {
      cordoned: `cordonされたのはノード「${found}」`,
      uncordoned: `uncordonされたのはノード「${found}」`,
      tainted: `Taintが付けられたのはノード「${found}」`,
      stopped: `停止されたのはノード「${found}」`,
      deleted: `削除されたのはノード「${found}」`,
    };
    const back = {
      cordoned: `元に戻すには: kubectl uncordon ${found}`,
      uncordoned: '',
      tainted: `ノード「${found}」のTaintを外してください。`,
      stopped: `元に戻すには: statelab node start ${found}`,
      deleted: '「redo」で元に戻せます。',
    };
    return `${done[facts.change]}ですが、対象のノードは「${all(facts.wanted)}」です。${back[facts.change]}`;
  },
  'node-running': ({object, facts: {node, did}}) => {
    const done = {
      cordoned: `${called(object)}はcordonされましたが(spec.unschedulable)、新しいPodの配置が止まるだけです`,
      tainted: `${called(object)}にTaintが付けられましたが(spec.taints)、ノードのkubeletはそれを知りません`,
      emptied: `${called(object)}のPodが削除されましたが、所有者が新しいPodを作ります`,
      deleted: `${called(object)}が削除されましたが(metadata.uid)、これはノードを表すオブジェクトにすぎません`,
    };
    const next =
      did === 'deleted'
        ? `まずマシンを再起動して、Nodeオブジェクトを登録し直してください: statelab node stop ${node}、statelab node start ${node}`
        : `停止するには: statelab node stop ${node}`;
    return `${done[did]}。マシンもコンテナも動き続けています。${next}`;
  },
  'not-evicted': ({object, facts}) =>
    `${called(object)}は退避ではなく、削除されました(退避したPodにはstatus.conditions[type=DisruptionTarget]が付きます)。kubectl delete podは誰にも確認しませんが、kubectl drainは退避を要求します。必要ならノードをuncordonし、Pod「${facts.pod}」が動くのを待って、そのノードをdrainしてください。`,
  'budget-without-pods': ({object, facts}) =>
    `${called(object)}は何も保護していません。spec.selector(${facts.selector})に合うPodがありません。${facts.nearest ? `Pod「${facts.nearest.pod}」のラベルは${facts.nearest.labels}です。` : ''}`,
  'budget-allows': ({object, facts}) =>
    `${called(object)}は${facts.allowed}件の退避を許可していますが(status.disruptionsAllowed)、1件も許可しないようにする必要があります。minAvailableをPodの数と同じにするか、maxUnavailableを0にしてください。`,
  'not-drained': ({object, facts: {node, pod, because, budget = '', blocker = ''}}) => {
    const drain = `kubectl drain ${node} --ignore-daemonsets`;
    const why = {
      budget: `PodDisruptionBudget「${budget}」が退避を許可していません。PodDisruptionBudgetを変更または削除するか、Podを1つ増やしてください。`,
      unmanaged: `Pod「${blocker}」には作り直すコントローラーがないため、drainは何も退避させません。このPodも削除するには: ${drain} --force`,
      'local-data': `Pod「${blocker}」のemptyDirのファイルが失われるため、drainは何も退避させません。このPodも退避させるには: ${drain} --delete-emptydir-data`,
      'cordon-only': `cordonは新しいPodの配置を止めるだけで、既存のPodは動かしません。退避させるには: ${drain}`,
    };
    return `${called(object)}はcordonされていますが(spec.unschedulable)、Pod「${pod}」は残っています。${why[because]}`;
  },
  'not-cordoned': ({object, facts: {did, key}}) => {
    const node = object?.name ?? '';
    const done =
      did === 'tainted'
        ? `Taintが付けられましたが、cordonされていません(spec.unschedulable)。Taintを外し(kubectl taint node ${node} ${key}-)`
        : `ラベルが付けられましたが、cordonされていません(spec.unschedulable)。ラベルを見てもスケジューラーは何もしません。ラベルを外し(kubectl label node ${node} ${key}-)`;
    return `${called(object)}に${done}、次を実行してください: kubectl cordon ${node}`;
  },
};
