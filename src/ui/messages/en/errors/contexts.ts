import {commandsToPrepare, commandToBind} from '../../administrator.ts';
import type {ErrorSentences} from '../../sentences.ts';

export const contexts = {
  'namespace-taken': ({namespace, owner}) => ({
    what: owner
      ? `The namespace "${namespace}" is that of another learner, ${owner}, so it is left alone.`
      : `The namespace "${namespace}" exists already, and statelab did not make it, so it is left alone.`,
    next: `If nobody needs it, delete it with kubectl delete namespace ${namespace}; otherwise use another cluster.`,
  }),
  'volumes-in-the-way': ({lab, volumes}) => ({
    what: `The lab ${lab} would take PersistentVolumes that somebody else made: ${volumes.join(', ')}. A claim gets any free volume of its class, whomever it is for.`,
    next: `Whoever made them can reserve them with spec.claimRef; or use a cluster of your own: statelab run ${lab} --provider k3d.`,
  }),
  'namespace-unprepared': ({namespace, lab, user}) => ({
    what: `The lab ${lab} needs the namespace "${namespace}", and you may not make one on this cluster.`,
    next: `Ask whoever runs the cluster to prepare it for you, then start again:\n${commandsToPrepare(namespace, lab, user)}`,
  }),
  'rights-missing': ({namespace, lab, missing, user}) => ({
    what: `The lab ${lab} takes rights that you do not have in the namespace "${namespace}": ${missing.join(', ')}.`,
    next: `Ask whoever runs the cluster for them, for instance with:\n${commandToBind(namespace, user)}`,
  }),
  forbidden: ({verb, resource, namespace, detail}) => ({
    what: `You may not ${verb} ${resource}${namespace ? ` in the namespace "${namespace}"` : ''} on this cluster: ${detail}`,
    next: 'Ask whoever runs the cluster for that right, or use a cluster of your own: statelab run --provider k3d.',
  }),
  'context-unknown': ({context, known}) => ({
    what: context
      ? `Your kubeconfig has no context "${context}".`
      : 'It was not said which kubeconfig context to use.',
    next:
      known.length > 0
        ? `Choose one with --context: ${known.join(', ')}.`
        : 'It has no contexts at all; set KUBECONFIG to one that has.',
  }),
  'kubeconfig-unreadable': ({file, detail}) => ({
    what: `The file ${file} of your kubeconfig cannot be read: ${detail}`,
    next: 'Mend the file, or set KUBECONFIG to others; kubectl config view shows what kubectl makes of it.',
  }),
  'context-unreachable': ({context, detail}) => ({
    what: `The cluster of the context "${context}" does not answer: ${detail}`,
    next: `See what kubectl --context ${context} get nodes says; statelab doctor --context ${context} looks further.`,
  }),
  'context-refused': ({context}) => ({
    what: `The context "${context}" is not used without your consent.`,
    next: 'Start again and agree, or agree beforehand with --yes.',
  }),
} satisfies Partial<ErrorSentences>;
