import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {loadLabFrom} from '../../../src/lab/catalog.ts';
import type {Lab, StepText} from '../../../src/lab/lab.ts';
import {lintLab} from '../../../src/lab/lint.ts';
import type {Milestone, Step} from '../../../src/lab/schema.ts';

const sound = loadLabFrom(fileURLToPath(new URL('../../fixtures/labs/sound', import.meta.url)));

/** The parts of a copy of the sound lab, for a test to spoil. Steps: apply, guess, replace, two-workers, name-it. */
interface Parts {
  lab: Lab;
  apply: Step;
  guess: Step;
  replace: Step;
  nameIt: Step;
  running: Milestone;
  labelled: Milestone;
  serving: Milestone;
  one: Milestone;
  answers: Milestone;
  name: Milestone;
  /** apply, in en.md. */
  en: StepText;
  ja: StepText;
}

function spoilt(spoil: (parts: Parts) => void): string[] {
  const lab = structuredClone(sound);
  const [apply, guess, replace, , nameIt] = lab.steps as [Step, Step, Step, Step, Step];
  const [running, labelled, serving] = apply.milestones as [Milestone, Milestone, Milestone];
  const [, one, answers] = replace.milestones as [Milestone, Milestone, Milestone];
  const [name] = nameIt.milestones as [Milestone];
  const {en, ja} = {en: lab.texts.en.steps.apply, ja: lab.texts.ja.steps.apply} as {
    en: StepText;
    ja: StepText;
  };
  spoil({lab, apply, guess, replace, nameIt, running, labelled, serving, one, answers, name, en, ja});
  return lintLab(lab).map(({file, path, message}) => `${file} ${path}: ${message}`);
}

test('the sound lab is sound', () => {
  expect(lintLab(sound)).toEqual([]);
});

const selector = {kind: 'pods', name: 'web'} as const;

test.each<[rule: string, spoil: (parts: Parts) => unknown, ...said: string[]]>([
  [
    'step ids differ',
    ({lab, nameIt}) => lab.steps.push(nameIt),
    'lab.yaml steps[5].id: an earlier step has the id "name-it" as well',
  ],
  [
    'milestone ids differ',
    ({labelled}) => Object.assign(labelled, {id: 'running'}),
    'lab.yaml steps[0].milestones[1].id: an earlier milestone of this step has the id "running" as well',
  ],
  ['milestone ids may be alike in two steps', ({one}) => Object.assign(one, {id: 'running'})],
  [
    'ids of wrong ways differ',
    ({apply}) => apply.wrong.push(...apply.wrong),
    'lab.yaml steps[0].wrong[1].id: an earlier wrong way of this step has the id "elsewhere" as well',
  ],
  [
    'undoneBy is a later step',
    ({replace}) => Object.assign(replace, {undoneBy: 'apply'}),
    'lab.yaml steps[2].undoneBy: no later step is called "apply"',
  ],

  [
    'names are not those of variables',
    ({one}) => Object.assign(one, {remember: 'self'}),
    'lab.yaml steps[2].milestones[1].remember: "self" is a name that statelab or CEL itself uses',
    ...['steps[2].milestones[2].probe.look.exec.object.is', 'steps[3].milestones[0].moved'].map(
      path => `lab.yaml ${path}: no earlier milestone remembers second`,
    ),
    ...['en.md', 'ja.md'].map(
      file => `${file} debrief: \${second.metadata.name}: nothing of that name is known here`,
    ),
  ],
  [
    '$names in selectors are remembered before',
    ({labelled}) => Object.assign(labelled, {object: {kind: 'pods', is: '$second', not: '$third'}}),
    'lab.yaml steps[0].milestones[1].object.is: no earlier milestone remembers second',
    'lab.yaml steps[0].milestones[1].object.not: no earlier milestone remembers third',
  ],
  [
    'a milestone does not remember for itself',
    ({one}) => Object.assign(one, {object: {...selector, not: '$second'}}),
    'lab.yaml steps[2].milestones[1].object.not: no earlier milestone remembers second',
  ],
  [
    '$names in looks are remembered before',
    ({serving}) =>
      Object.assign(serving.probe?.look ?? {}, {
        log: {object: {kind: 'pods', is: '$nobody'}, previous: false},
      }),
    'lab.yaml steps[0].milestones[2].probe.look.log.object.is: no earlier milestone remembers nobody',
  ],
  [
    'also where there are several looks',
    ({serving}) =>
      Object.assign(serving.probe ?? {}, {
        look: [{local: {port: 3306}}, {log: {object: {kind: 'pods', is: '$nobody'}, previous: false}}],
      }),
    'lab.yaml steps[0].milestones[2].probe.look[1].log.object.is: no earlier milestone remembers nobody',
  ],
  ...(['kept', 'replaced', 'moved'] as const).map(
    kind =>
      [
        `$name of ${kind} is remembered before`,
        ({labelled}: Parts) => {
          delete labelled.match;
          Object.assign(labelled, {[kind]: '$second'});
        },
        `lab.yaml steps[0].milestones[1].${kind}: no earlier milestone remembers second`,
      ] as [string, (parts: Parts) => unknown, string],
  ),
  [
    'a name of a step that small clusters skip is not there afterwards',
    ({name}) => {
      delete name.answer;
      Object.assign(name, {kept: '$third'});
    },
    'lab.yaml steps[4].milestones[0].kept: no earlier milestone remembers third',
    'lab.yaml steps[4]: a find needs a milestone with answer',
  ],

  [
    'variables of a milestone are known',
    ({running}) =>
      Object.assign(running, {match: {spec: {nodeName: '${worker3}', tags: ['${second.metadata.name}']}}}),
    'lab.yaml steps[0].milestones[0].match.spec.nodeName: ${worker3}: nothing of that name is known here',
    'lab.yaml steps[0].milestones[0].match.spec.tags[0]: ${second.metadata.name}: nothing of that name is known here',
  ],
  [
    'variables of a command are known at the end of its step',
    ({apply}) =>
      apply.solve.push('kubectl get ${first.metadata.name} ${second.metadata.name} ${dataDir} ${worker1}'),
    'lab.yaml steps[0].solve[1]: ${second.metadata.name}: nothing of that name is known here',
  ],
  [
    'a lab that runs a database has its image and its programs',
    ({lab, apply}) => {
      lab.database = true;
      apply.solve.push('kubectl ${image.db} ${db.title} ${db.client} ${db.admin} ${db.server} ${db.env}');
    },
  ],
  [
    'what a database does not have',
    ({lab, apply}) => {
      lab.database = true;
      apply.solve.push('kubectl ${db.password}');
    },
    'lab.yaml steps[0].solve[1]: ${db.password}: db has title, client, admin, server, env, lockWait',
  ],
  [
    'a lab without a database',
    ({apply}) => apply.solve.push('kubectl ${db.client}'),
    'lab.yaml steps[0].solve[1]: ${db.client}: only a lab with database: true has it',
  ],
  [
    'the image of the database is not chosen by the lab',
    ({lab}) => Object.assign(lab, {database: true, images: {...lab.images, db: 'mariadb:11.8'}}),
    'lab.yaml images.db: database: true gives the lab its database and its image',
  ],
  [
    'an image has its role',
    ({apply}) => apply.solve.push('kubectl get ${image.web} ${image.db}'),
    'lab.yaml steps[0].solve[1]: ${image.db}: images has no such role',
  ],
  [
    'variables that some clusters do not have are for those that have them',
    ({replace, nameIt, one}) => {
      replace.solve.push('kubectl ${sharedDir} ${storageClass} ${bindingMode} ${provisioner}');
      Object.assign(nameIt, {needs: {sharedDirectory: true, volumes: 'pinned'}});
      nameIt.solve.push('kubectl ${sharedDir} ${storageClass} ${bindingMode} ${provisioner}');
      Object.assign(one, {when: {defaultClass: true}, seen: "self.a == '${storageClass}'"});
      delete one.remember;
    },
    'lab.yaml steps[2].milestones[2].probe.look.exec.object.is: no earlier milestone remembers second',
    'lab.yaml steps[3].milestones[0].moved: no earlier milestone remembers second',
    ...Object.entries({
      sharedDir: 'sharedDirectory',
      storageClass: 'defaultClass',
      bindingMode: 'storageClasses',
      provisioner: 'storageClasses',
    }).map(
      ([name, need]) =>
        `lab.yaml steps[2].solve[2]: \${${name}}: only a cluster with ${need} has it, so needs must say so`,
    ),
    ...['en.md', 'ja.md'].map(
      file => `${file} debrief: \${second.metadata.name}: nothing of that name is known here`,
    ),
  ],
  [
    'manifests may have them: one that cannot be filled in is left out',
    ({lab}) => Object.assign(lab.manifests, {'pvc.yaml': 'a: ${storageClass} ${sharedDir}'}),
  ],
  [
    'what steps with opposite needs remember under one name is known after them',
    ({lab, replace, one}) => {
      const twin = structuredClone(replace);
      Object.assign(replace, {needs: {bindingMode: 'Immediate'}});
      Object.assign(twin, {id: 'replace-late', needs: {bindingMode: 'WaitForFirstConsumer'}});
      Object.assign(one, {id: 'once'});
      lab.needs = {workers: 1, defaultClass: true, storageClasses: true};
      lab.steps.splice(3, 0, twin);
      for (const text of Object.values(lab.texts)) {
        const {apply, guess, replace: same, ...rest} = text.steps as Record<string, StepText>;
        text.steps = {apply, guess, replace: same, 'replace-late': same, ...rest} as Record<string, StepText>;
      }
    },
  ],
  [
    'what only one of them remembers is not',
    ({replace}) => Object.assign(replace, {needs: {volumes: 'empty'}}),
    'lab.yaml steps[3].milestones[0].moved: no earlier milestone remembers second',
  ],
  [
    'an outage is told after its step, and has known kinds, names and CEL',
    ({lab, apply, en, ja}) => {
      Object.assign(apply, {outage: {object: {kind: 'services', is: '$nobody'}, served: 'self.a == b'}});
      for (const text of [en, ja]) Object.assign(text, {after: '${outage}', body: '${outage}'});
      lab.texts.en.debrief += '${outage}';
    },
    'lab.yaml steps[0].outage.object.is: no earlier milestone remembers nobody',
    'en.md apply.body: ${outage}: nothing of that name is known here',
    'en.md debrief: ${outage}: nothing of that name is known here',
    'ja.md apply.body: ${outage}: nothing of that name is known here',
    'lab.yaml steps[0].outage.object.kind: services is not among the kinds of watches',
    'lab.yaml steps[0].outage.served: not a CEL condition: Unknown variable: b',
  ],
  [
    'an answer of objects is a text, from known objects',
    ({name}) =>
      Object.assign(name, {
        answer: {object: {kind: 'secrets', is: '$nobody'}, value: '1 + 1', compare: 'exact'},
      }),
    'lab.yaml steps[4].milestones[0].answer.object.is: no earlier milestone remembers nobody',
    'lab.yaml steps[4].milestones[0].answer.object.kind: secrets is not among the kinds of watches',
    'lab.yaml steps[4].milestones[0].answer.value: not a CEL text: it gives int, not text',
  ],
  ...[
    'string(base64.decode(self.data.password))',
    'objects.map(o, o.metadata.name)',
    'first.spec.nodeName',
  ].map(
    value =>
      [
        `an answer of objects may be ${value}`,
        ({name}: Parts) => Object.assign(name, {answer: {object: selector, value, compare: 'exact'}}),
      ] as [string, (parts: Parts) => unknown],
  ),
  [
    'times by database are for labs with one',
    ({apply, running}) =>
      Object.assign(running, {expect: {within: {mariadb: 31, mysql: 103}, because: 'pull'}}) && apply,
    'lab.yaml steps[0].milestones[0].expect.within: only a lab with database: true has times by database',
  ],
  [
    'commands may go on in the background, but not those that undo',
    ({apply}) => {
      apply.solve.push('kubectl port-forward pod/web 8080:80 &', 'kubectl get & kubectl get', 'docker ps &');
      Object.assign(apply.wrong[0] ?? {}, {undo: ['kubectl proxy &']});
    },
    'lab.yaml steps[0].solve[3]: must begin with kubectl or statelab: docker ps &',
    'lab.yaml steps[0].solve[2]: & may only stand at the end: no shell takes part',
    'lab.yaml steps[0].wrong[0].undo[0]: what undoes a wrong way must end by itself, so & is not for it',
  ],
  [
    'a remembered object is not a text',
    ({replace}) => replace.solve.push('kubectl get ${first}'),
    'lab.yaml steps[2].solve[2]: ${first}: is an object; say which field, as in ${first.metadata.name}',
  ],
  [
    'variables of manifests are known',
    ({lab}) => Object.assign(lab.manifests, {'pod.yaml': 'a: ${worker1} ${first.metadata.name} ${host}'}),
    'manifests/pod.yaml : ${host}: nothing of that name is known here',
  ],
  [
    'variables of sentences are known where they stand',
    ({lab}) => {
      for (const text of Object.values(lab.texts)) {
        text.intro += '${first.metadata.name}';
        Object.assign(text.steps.apply ?? {}, {after: '${second.metadata.name}'});
        text.debrief += '${third.metadata.name} ${fourth.metadata.name}';
      }
    },
    ...['en.md', 'ja.md'].flatMap(file => [
      `${file} : \${first.metadata.name}: nothing of that name is known here`,
      `${file} apply.after: \${second.metadata.name}: nothing of that name is known here`,
      `${file} debrief: \${fourth.metadata.name}: nothing of that name is known here`,
    ]),
  ],

  [
    'watches cover the kinds of selectors',
    ({lab}) => lab.watches.shift(),
    ...[
      'steps[0].milestones[0].object.kind',
      'steps[0].milestones[1].object.kind',
      'steps[0].milestones[2].probe.look.log.object.kind',
      'steps[2].milestones[1].object.kind',
      'steps[2].milestones[2].probe.look.exec.object.kind',
      'steps[3].milestones[0].object.kind',
    ].map(path => `lab.yaml ${path}: pods is not among the kinds of watches`),
    'lab.yaml steps[0].timeline: shows Pods, and pods is not among the kinds of watches',
  ],
  [
    'only Pods are asked',
    ({serving}) =>
      Object.assign(serving.probe?.look ?? {}, {log: {object: {kind: 'events'}, previous: false}}),
    'lab.yaml steps[0].milestones[2].probe.look.log.object.kind: must be pods to be asked, is events',
  ],

  [
    'CEL parses',
    ({labelled}) => Object.assign(labelled, {match: 'self.a =='}),
    'lab.yaml steps[0].milestones[1].match: not a CEL condition: Unexpected token: EOF',
  ],
  [
    'CEL knows its variables',
    ({one, answers}) => {
      Object.assign(one, {seen: 'second.a == 1', never: 'self.a == 1'});
      Object.assign(answers.probe ?? {}, {cel: 'self.a == first.a'});
    },
    'lab.yaml steps[2].milestones[1].seen: not a CEL condition: Unknown variable: second',
    'lab.yaml steps[2].milestones[1].never: not a CEL condition: Unknown variable: self',
    'lab.yaml steps[2].milestones[2].probe.cel: not a CEL condition: Unknown variable: self',
  ],
  [
    'CEL says yes or no',
    ({labelled}) => Object.assign(labelled, {match: 'objects.size() + 1'}),
    'lab.yaml steps[0].milestones[1].match: not a CEL condition: it gives int, not true or false',
  ],
  [
    'a partial manifest is not taken for CEL',
    ({labelled}) => Object.assign(labelled, {match: {status: {phase: '=='}}}),
  ],
  [
    'regular expressions compile',
    ({serving}) => Object.assign(serving.probe ?? {}, {matches: 'a('}),
    'lab.yaml steps[0].milestones[2].probe.matches: Invalid regular expression: /a(/: Unterminated group',
  ],
  [
    'find compiles',
    ({name}) => Object.assign(name.answer ?? {}, {find: '(?m)(a'}),
    'lab.yaml steps[4].milestones[0].answer.find: Invalid regular expression: /(a/m: Unterminated group',
  ],
  [
    'find has a group',
    ({name}) => Object.assign(name.answer ?? {}, {find: '(?m)^(?:a)$'}),
    'lab.yaml steps[4].milestones[0].answer.find: has no group (…) for the answer',
  ],

  [
    'a predict has options',
    ({guess}) => delete guess.options,
    'lab.yaml steps[1]: a predict needs options and right',
    ...['en.md', 'ja.md'].flatMap(file =>
      ['stays', 'goes'].map(id => `${file} guess.options.${id}: lab.yaml has no option "${id}" in this step`),
    ),
  ],
  [
    'a predict has a right answer',
    ({guess}) => delete guess.right,
    'lab.yaml steps[1]: a predict needs options and right',
  ],
  [
    'right is one of the options',
    ({guess}) => Object.assign(guess, {right: 'neither'}),
    'lab.yaml steps[1].right: "neither" is not among the options',
  ],
  [
    'options differ',
    ({guess}) => guess.options?.push('stays'),
    'lab.yaml steps[1].options: "stays" is there twice',
  ],
  [
    'only a predict has options',
    ({replace}) => Object.assign(replace, {right: 'stays'}),
    'lab.yaml steps[2]: only a predict has options and right, not a do',
  ],
  [
    'a find has an answer',
    ({nameIt}) => nameIt.milestones.pop(),
    'lab.yaml steps[4]: a find needs a milestone with answer',
  ],
  [
    'a do has milestones, solve and a wrong way',
    ({replace, answers}) => Object.assign(replace, {milestones: [], solve: [], wrong: [], answers}),
    'lab.yaml steps[3].milestones[0].moved: no earlier milestone remembers second',
    ...['en.md', 'ja.md'].map(
      file => `${file} debrief: \${second.metadata.name}: nothing of that name is known here`,
    ),
    'lab.yaml steps[2]: a do needs at least one milestone',
    'lab.yaml steps[2]: a do needs solve',
    'lab.yaml steps[2]: a do needs at least one wrong way',
  ],
  [
    'a do has two hints',
    ({apply, en, ja}) => [en, ja].map(text => text.hints.pop()) && Object.assign(apply, {hints: 1}),
    'lab.yaml steps[0]: a do needs at least 2 hints, has 1',
  ],

  [
    'quotation marks are closed',
    ({apply}) => apply.solve.push(`kubectl get "pod's"`, `kubectl get 'pods"`),
    'lab.yaml steps[0].solve[2]: a quotation mark is not closed',
  ],
  [
    'commands are kubectl and statelab',
    ({apply}) =>
      Object.assign(apply, {
        command: 'statelab hint',
        solve: ['docker ps'],
        wrong: [{...apply.wrong[0], undo: ['']}],
      }),
    'lab.yaml steps[0].solve[0]: must begin with kubectl or statelab: docker ps',
    'lab.yaml steps[0].wrong[0].undo[0]: must begin with kubectl or statelab: ',
  ],
  [
    'manifests that commands name are there',
    ({apply}) =>
      apply.solve.push(
        'kubectl apply -f no.yaml --filename=neither.yml -f https://example.org/a.yaml',
        'kubectl logs -f web',
      ),
    'lab.yaml steps[0].solve[1]: there is no manifest no.yaml',
    'lab.yaml steps[0].solve[1]: there is no manifest neither.yml',
  ],

  [
    'a language lacks no step and has none of its own',
    ({lab, en}) => {
      Object.assign(lab.texts.en.steps, {more: en});
      delete lab.texts.en.steps.guess;
    },
    'en.md : has no step "guess"',
    'en.md more: lab.yaml has no step "more"',
  ],
  [
    'a language has the steps in their order',
    ({lab: {texts}, ja}) => {
      delete texts.ja.steps.apply;
      texts.ja.steps.apply = ja;
    },
    'ja.md guess: the steps are in another order than in lab.yaml: apply, guess, replace, two-workers, name-it',
  ],
  [
    'hints are as many as lab.yaml says',
    ({ja}) => ja.hints.push('Another.'),
    'ja.md apply: has 3 hints, lab.yaml says 2',
  ],
  [
    'every option has its text, and every text its option',
    ({guess}) => Object.assign(guess, {options: ['stays', 'flies'], right: 'flies'}),
    ...['en.md', 'ja.md'].flatMap(file => [
      `${file} guess: has no text for the option "flies"`,
      `${file} guess.options.goes: lab.yaml has no option "goes" in this step`,
    ]),
  ],
  [
    'every reason has its text',
    ({ja}) => delete ja.because.pull,
    'ja.md apply: has no text for the reason "pull"',
    'ja.md apply: lacks ${image.web}, which en.md has',
  ],
  [
    'what is said of a milestone is said in each language',
    ({en, ja}) => {
      en.milestones.running = 'It runs.';
      ja.milestones.walking = '歩きます。';
    },
    'en.md apply: has no text for the milestone "walking", another language has',
    'ja.md apply.milestones.walking: lab.yaml has no milestone "walking" in this step',
    'ja.md apply: has no text for the milestone "running", another language has',
  ],
  [
    'a translation has the variables of the original, wherever in the step',
    ({lab, en, ja}) => {
      en.hints = ['${worker1}', '${dataDir}'];
      ja.body += '${dataDir} ${worker2}';
      lab.needs = {workers: 2};
    },
    'ja.md apply: lacks ${worker1}, which en.md has',
    'ja.md apply: has ${worker2}, which en.md lacks',
  ],
  ...(
    [
      ['kubectl cordon ${worker1}', 'nodeChanges'],
      ['kubectl uncordon ${worker1}', 'nodeChanges'],
      ['kubectl drain ${worker1} --ignore-daemonsets &', 'nodeChanges'],
      ['kubectl taint nodes ${worker1} a=b:NoSchedule', 'nodeChanges'],
      ['kubectl label node ${worker1} disk=fast', 'nodeChanges'],
      ['kubectl label --overwrite node/${worker1} disk=fast', 'nodeChanges'],
      ['kubectl delete node ${worker1}', 'nodeChanges'],
      ['statelab node stop ${worker1}', 'nodeOperations'],
      ['kubectl delete pv mine', 'persistentVolumes'],
      ['kubectl patch persistentvolume/mine -p {}', 'persistentVolumes'],
      ['kubectl apply -f volume.yaml', 'persistentVolumes'],
    ] as const
  ).flatMap(([command, need]): [string, (parts: Parts) => unknown, ...string[]][] => {
    const spoil = ({lab, apply}: Parts) => {
      lab.manifests['volume.yaml'] = '{kind: PersistentVolume, spec: {hostPath: {path: ${dataDir}}}}';
      apply.solve = [command];
    };
    return [
      [
        `what belongs to the whole cluster is changed by a lab that says so: ${command}`,
        spoil,
        `lab.yaml steps[0].solve[0]: changes what belongs to the whole cluster, so needs must have ${need}: true`,
      ],
      [
        `or by a step that says so: ${command}`,
        parts => {
          spoil(parts);
          parts.apply.needs = {[need]: true};
          parts.lab.needs = {...parts.lab.needs, [need]: true};
        },
      ],
    ];
  }),
  [
    'what belongs to the whole cluster may be looked at',
    ({apply}) => {
      apply.solve = ['kubectl get nodes', 'kubectl describe pv', 'statelab node exec ${worker1} -- ls /'];
    },
  ],
])('%s', (_rule, spoil, ...said) => {
  expect(spoilt(spoil)).toEqual(said);
});
