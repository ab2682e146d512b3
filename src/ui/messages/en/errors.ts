import {shellWord} from '../../../shell-word.ts';
import {commandsToPrepare, commandToBind} from '../administrator.ts';
import type {ErrorSentences} from '../sentences.ts';
import {labNeeds} from './lab-needs.ts';

const install = {
  kubectl: 'https://kubernetes.io/docs/tasks/tools/',
  k3d: 'https://k3d.io/',
  minikube: 'https://minikube.sigs.k8s.io/docs/start/',
  docker: 'https://docs.docker.com/engine/install/',
};

/** What shows that a provider's own program works. */
const listing = {k3d: 'k3d cluster list', minikube: 'minikube profile list'};

export const errors: ErrorSentences = {
  'unknown-lab': ({lab, suggestion}) => ({
    what: `There is no lab "${lab}".`,
    next: suggestion
      ? `Did you mean "${suggestion}"? statelab labs shows them all.`
      : 'statelab labs shows them all.',
  }),
  'broken-lab': ({problems}) => ({
    what: `The lab has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:\n${problems
      .map(
        ({file, line, path, message}) =>
          `  ${file}${line === undefined ? '' : `:${line}`}${path ? ` ${path}` : ''}: ${message}`,
      )
      .join('\n')}`,
    next: 'Mend the file and start again.',
  }),
  'unknown-step': ({lab, step, steps}) => ({
    what: `The lab ${lab} has no step "${step}".`,
    next: `Its steps are ${steps.join(', ')}.`,
  }),
  'no-lab-open': () => ({
    what: 'No lab has been started yet.',
    next: 'statelab run <lab> starts one; statelab labs shows them all.',
  }),
  'program-missing': ({program}) => ({
    what: `${program} is not on the PATH, and statelab needs it here.`,
    next: `Install it (${install[program]}) and start again.`,
  }),
  'kubectl-unfetched': ({detail}) => ({
    what: `There is no kubectl on the PATH, and npm could not fetch it: ${detail}`,
    next: `Install it (${install.kubectl}) and start again.`,
  }),
  'kubectl-broken': ({detail}) => ({
    what: `There is a kubectl on the PATH, and it does not run: ${detail}`,
    next: `See what kubectl version --client says; install it anew (${install.kubectl}) and start again.`,
  }),
  'kubectl-skew': ({client, server, minimum}) => ({
    what: `kubectl ${client} is too old for this cluster, which runs Kubernetes ${server}.`,
    next: `Install kubectl ${minimum} or newer (${install.kubectl}).`,
  }),
  'docker-down': why => ({
    what:
      'seconds' in why
        ? `Docker has not answered within ${why.seconds} s.`
        : `Docker does not answer: ${why.detail}`,
    next: 'Start Docker and try again, or do without it on a simulated cluster: statelab run --provider sandbox.',
  }),
  'provider-failed': ({provider, ...why}) => ({
    what:
      'seconds' in why
        ? `${provider} has not answered within ${why.seconds} s.`
        : `${provider} ends with an error: ${why.detail}`,
    next: `See what ${listing[provider]} says and mend that, or do without it: --provider sandbox works everywhere.`,
  }),
  'cluster-missing': ({cluster, provider}) => ({
    what: `There is no ${provider} cluster "${cluster}".`,
    next: 'statelab cluster up makes one; statelab cluster list shows those there are.',
  }),
  'cluster-lost': ({cluster, detail}) => ({
    what: `The cluster "${cluster}" is gone: it was deleted while the lab was running (${detail}).`,
    next: 'Your progress is kept. statelab run makes a new cluster and brings it to the step you were at.',
  }),
  'cluster-stopped': ({cluster, provider}) => ({
    what: `The ${provider} cluster "${cluster}" is stopped.`,
    next: 'statelab cluster up starts it.',
  }),
  'cluster-unreachable': ({cluster, provider, detail}) => ({
    what: `The ${provider} cluster "${cluster}" runs, but its API server does not answer: ${detail}`,
    next: 'It may still be starting: statelab cluster up waits until it answers. If it stays silent, statelab doctor looks further.',
  }),
  'cluster-taken': ({cluster, provider}) => ({
    what: `There is a ${provider} cluster "${cluster}" already, and statelab did not make it, so it is left alone.`,
    next: 'Choose another name with --cluster, or use it as it is with --provider context.',
  }),
  'cluster-busy': ({cluster, doing, pid}) => ({
    what: `The cluster "${cluster}" is being ${{create: 'made', start: 'started', delete: 'deleted'}[doing]} by another process (${pid}).`,
    next: 'Wait until it is through and try again. If it hangs, end it first; statelab goes on where it stopped.',
  }),
  'cluster-unready': ({cluster, waiting}) => ({
    what: `The cluster "${cluster}" is there, but after three minutes this is not ready: ${waiting.join(', ')}.`,
    next: 'kubectl get pods -A and kubectl describe say why; without a network it may be that images cannot be pulled. statelab run works with it as it is, statelab cluster down deletes it.',
  }),
  'cluster-name': ({cluster, limit}) => ({
    what: `"${cluster}" cannot be the name of a cluster.`,
    next: `Use at most ${limit} small letters, digits and hyphens, with no hyphen at either end.`,
  }),
  'cluster-differs': ({cluster, provider, option}) => ({
    what: `The ${provider} cluster "${cluster}" is there already, made with ${option}, and keeps that.`,
    next: `Choose another name with --cluster, or delete this one first: statelab cluster down --provider ${provider} --cluster ${cluster}.`,
  }),
  'sandbox-failed': ({cluster, detail}) => ({
    what: `The sandbox "${cluster}" does not start: ${detail}`,
    next: `If it cannot be mended, statelab cluster down --provider sandbox --cluster ${cluster} deletes it, and statelab run makes a new one; your progress is kept.`,
  }),
  'cluster-failed': ({cluster, doing, detail}) => ({
    what: `The cluster "${cluster}" failed to ${doing}: ${detail}`,
    next: `${doing === 'create' ? 'What was half made has been removed. ' : ''}Try again; docker ps --all shows what is on this machine.`,
  }),
  'answer-unknown': ({command, detail}) => ({
    what: `${command} gave an answer that statelab cannot read: ${detail}`,
    next: 'It may be of a version that statelab does not know yet; the README names those that it was verified with. To go on without it: --provider k3d or --provider sandbox.',
  }),
  'bundle-folder': ({folder}) => ({
    what: `${folder} is a folder, and a bundle is one file.`,
    next: `Say which file in it: statelab bundle save ${shellWord(`${folder.replace(/[\\/]+$/, '')}/class.tar`)}`,
  }),
  'bundle-program': ({program, file}) => ({
    what: `${file} is a script that starts another program, so it would not work on another machine.`,
    next: `Put the folder of ${program} itself first on the PATH (${install[program === 'k3d' ? 'k3d' : 'kubectl']}) and save again.`,
  }),
  'bundle-unwritten': ({file, folder, detail}) => ({
    what: `The bundle ${file} could not be written: ${detail}. Nothing of it was left behind.`,
    next: `It needs up to 2 GB in ${folder} while it is written: make room, or choose another disk, and save again.`,
  }),
  'bundle-unreadable': ({file, detail}) => ({
    what: `The bundle ${file} cannot be read: ${detail}`,
    next: 'Check the name and the disk, and load again.',
  }),
  'bundle-unknown': ({file}) => ({
    what: `${file} is no bundle that this statelab knows.`,
    next: 'statelab bundle save <file> makes one. If a newer statelab made it, install the one that is in it first: tar -tf shows it, npm installs it.',
  }),
  'bundle-broken': ({file, how, part}) => ({
    what:
      how === 'torn'
        ? `The bundle ${file} ends too early: it was not copied to its end. Nothing of it was used.`
        : `The bundle ${file} was damaged or altered: ${part} is not what was saved. Nothing of it was used.`,
    next: 'Copy it again from where it was saved, or save it anew.',
  }),
  'bundle-architecture': ({file, bundle, machine}) => ({
    what: `The bundle ${file} is for ${bundle}, and Docker on this machine runs ${machine}.`,
    next: `Load one that was saved on a machine with ${machine}.`,
  }),
  'bundle-unloaded': ({image, detail}) => ({
    what: `Docker does not take the image ${image}: ${detail}`,
    next: 'docker system df shows whether its disk is full. What was loaded before stays; load the bundle again when it is mended.',
  }),
  'image-missing': ({image, detail}) => ({
    what: `The image ${image} can be had neither from this machine nor from its registry: ${detail}`,
    next: `Check the network and try docker pull ${image}.`,
  }),
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
  'database-differs': ({lab, begun, asked}) => ({
    what: `The lab ${lab} was begun with ${begun}, and its files are not for ${asked}, so it goes on with ${begun}.`,
    next: `Leave out --database (or STATELAB_DATABASE) to go on, or begin anew: statelab reset ${lab}, then statelab run ${lab} --database ${asked}.`,
  }),
  'node-unknown': ({node, known}) => ({
    what: `The cluster has no node "${node}".`,
    next: `Its nodes are ${known.join(', ')}.`,
  }),
  'node-stopped': ({node}) => ({
    what: `The node ${node} is stopped, so nothing can run on it.`,
    next: `statelab node start ${node} starts it.`,
  }),
  'node-operations-off': ({provider, withheld}) => ({
    what: withheld
      ? 'Nodes of a cluster that statelab did not make are not stopped, started or entered unless you allow it: Pods of others run on them.'
      : `The provider ${provider} cannot stop, start or enter nodes: the cluster is not statelab's.`,
    next: withheld
      ? 'If all who use the cluster agree, add --allow-node-operations.'
      : 'Use a cluster of your own for that: statelab cluster up --provider k3d.',
  }),
  'journal-newer': ({file, found, known}) => ({
    what: `Your progress in ${file} was written by a newer statelab (version ${found}; this one knows ${known}).`,
    next: 'Update statelab. The file was left as it is.',
  }),
  'journal-broken': ({file, line}) => ({
    what: `Line ${line} of your progress in ${file} cannot be read.`,
    next: 'Mend the line, or move the file away to begin anew. It was left as it is.',
  }),
  'journal-unwritable': ({file, detail}) => ({
    what: `Your progress cannot be written to ${file}: ${detail}`,
    next: 'Make room (or set STATELAB_HOME to another disk) and start again. What was written before is safe.',
  }),
  'file-unwritable': ({file, detail}) => ({
    what: `${file} cannot be written: ${detail}`,
    next: 'Make room, or set STATELAB_HOME to a folder that you may write to, and start again.',
  }),
  'journal-locked': ({lab, pid}) => ({
    what: `The lab ${lab} is running in another terminal already (process ${pid}).`,
    next: 'Go on there, or end it first.',
  }),
  'needs-answer': ({question, flag}) => ({
    what: `There is no terminal to ask: ${question}`,
    next: `Answer beforehand with ${flag}.`,
  }),
  'reset-incomplete': ({left, mend}) => ({
    what: `Not everything could be undone. Left: ${left.join(', ')}.`,
    next: `Try again; if it stays, do it by hand: ${mend.join('; ')}`,
  }),
  'lab-needs': labNeeds,
  'step-not-reached': ({step}) => ({
    what: `The step "${step}" was not reached.`,
    next: 'statelab check says what is missing.',
  }),
  'not-ready': ({provider}) => ({
    what: 'This machine is not ready for the labs, so nothing was begun.',
    next: `statelab doctor --provider ${provider} shows all that was looked at${provider === 'sandbox' ? '' : '; --provider sandbox does without Docker'}.`,
  }),
  usage: ({detail}) => ({what: detail, next: 'statelab --help shows what there is.'}),
  interrupted: () => ({
    what: 'Stopped.',
    next: 'Your progress is kept: statelab run goes on where you were.',
  }),
};
