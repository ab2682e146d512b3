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
  'apply-refused': () =>
    'The cluster did not take all of it. If kubectl says above that a field is immutable or may not be changed: delete that object, then apply again.',
};
