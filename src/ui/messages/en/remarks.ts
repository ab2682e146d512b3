import type {RemarkSentences} from '../sentences.ts';

export const remarks: RemarkSentences = {
  'exec-without-dashes': ({program}) =>
    `kubectl exec wants -- before the program: what stands left of it is for kubectl, what stands right of it runs in the container. kubectl exec POD -- ${program ?? 'PROGRAM'} …`,
  'exec-without-input': ({program}) =>
    `${program} ended at once, because nothing could be typed into it: kubectl exec -it POD -- ${program} … keeps your keyboard and screen connected.`,
  'client-name': ({typed, name}) => `The image of this lab has no ${typed}; there it is called ${name}.`,
  'password-apart': ({password}) =>
    `The client takes "${password}" for a database: the password stands right behind -p, without a space (-p${password}), or as --password=${password}.`,
  'other-namespace': ({typed, wanted}) =>
    `That went to the namespace ${typed}. This lab lives in ${wanted}, which kubectl uses here by itself: leave -n out.`,
  'other-cluster': ({option}) =>
    `${option} sends this command to another cluster than the lab's, and nothing done there counts here. Leave it out.`,
  'no-such-manifest': ({typed, known, nearest}) =>
    `There is no file ${typed} in the lab's directory.${nearest ? ` Did you mean ${nearest}?` : known.length > 0 ? ` There are: ${known.join(', ')}.` : ''}`,
  'drain-refused': () =>
    'The drain did not come to its end; the node stays cordoned. What kubectl names above is in its way: Pods of a DaemonSet (--ignore-daemonsets), Pods with an emptyDir (--delete-emptydir-data), Pods without a controller (--force), or a PodDisruptionBudget.',
  'port-forward-ended': () =>
    'The port-forward has ended. If the port is in use, another one still runs in some terminal: end it there with Ctrl-C. If the Pod is gone or not running yet, start it anew once the Pod runs.',
  'not-changeable': ({kind, name}) =>
    ({
      StatefulSet: `${kind} ${name} was not changed. Of a StatefulSet that exists, replicas, template, updateStrategy and persistentVolumeClaimRetentionPolicy can be changed, but not volumeClaimTemplates, serviceName or selector. kubectl delete statefulset ${name}, then apply again; its claims stay. With --cascade=orphan its Pods stay as well, as they are.`,
      Pod: `${kind} ${name} was not changed. Of a Pod that exists hardly more than its images can be changed: kubectl delete pod ${name}, then apply again.`,
      PersistentVolumeClaim: `${kind} ${name} was not changed. Of a claim that exists only its size can be changed: kubectl delete pvc ${name}, then apply again. Where its volume has the reclaim policy Delete, the data goes with it.`,
      PersistentVolume: `${kind} ${name} was not changed. Where a PersistentVolume that exists has its files cannot be changed: kubectl delete pv ${name}, then apply again. What you made by hand keeps its files.`,
    })[kind] ??
    `${kind} ${name} was not changed: kubectl names above a field that cannot be. kubectl delete ${kind.toLowerCase()} ${name}, then apply again.`,
  'already-there': () =>
    'kubectl create makes only objects that are not there yet. To change one that is: kubectl apply -f FILE.',
  'delete-goes-on': () =>
    'Only the waiting has ended: the object is still to be deleted, and goes when nothing holds it any more. kubectl describe shows what does. A Pod whose node does not answer goes only with --force --grace-period=0.',
  'apply-refused': () =>
    'The cluster did not take all of it. If kubectl says above that a field is immutable or may not be changed: delete that object, then apply again.',
};
