import {describe, expect, test} from 'vitest';
import {crashCause} from '../../../../src/checks/rules/crash-cause.ts';
import {diagnosisOf, judged, type MilestoneInput} from '../../../helpers/judging.ts';
import {eventAbout, exited, object, pod, waiting} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {
    id: 'm',
    object: {kind: 'pods', labels: 'app=db'},
    match: {status: {conditions: [{type: 'Ready', status: 'True'}]}},
  },
];
const secret = object('secrets', 'dbsecret', {data: {user: 'dQ==', password: 'cA=='}});
const asks = (reason: string, message: string) =>
  put(pod('db', {phase: 'Pending', container: waiting(reason, message)}));

describe('what a container asks for and does not get', () => {
  test.each<[string, string, object]>([
    ['a Secret', 'secret "dbsecrte" not found', {kind: 'Secret', name: 'dbsecrte', nearest: 'dbsecret'}],
    [
      'a key of one',
      "couldn't find key usre in Secret statelab-test/dbsecret",
      {kind: 'Secret', name: 'dbsecret', key: 'usre', nearest: 'user', has: ['user', 'password']},
    ],
    ['a ConfigMap', 'configmap "nowhere" not found', {kind: 'ConfigMap', name: 'nowhere'}],
  ])('%s', (_name, message, missing) => {
    const script: Script = [[1, put(secret), asks('CreateContainerConfigError', message)]];
    expect(diagnosisOf({milestones, script})).toMatchObject({
      code: 'container-config',
      facts: {container: 'db', missing},
      proof: message,
    });
  });
  const noProgram =
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "slep": executable file not found in $PATH: unknown';
  test('a program that is not in its image, also while it waits for the next try', () => {
    const facts = {container: 'db', program: 'slep'};
    expect(diagnosisOf({milestones, script: [[1, asks('RunContainerError', noProgram)]]})).toMatchObject({
      facts,
      path: 'spec.containers[name=db].command',
    });
    const backOff = {
      ...waiting('CrashLoopBackOff', 'back-off 10s restarting failed container'),
      lastState: {terminated: {exitCode: 128, reason: 'StartError', message: noProgram}},
      restartCount: 1,
    };
    expect(
      diagnosisOf({milestones, script: [[1, put(pod('db', {ready: false, container: backOff}))]]}),
    ).toMatchObject({code: 'container-config', facts});
  });
});

test('a volume’s Secret', () => {
  const stuck = pod('db', {phase: 'Pending', container: waiting('ContainerCreating')});
  const says = 'MountVolume.SetUp failed for volume "s" : secret "dbsecre" not found';
  expect(
    diagnosisOf({
      milestones,
      script: [[1, put(secret), put(stuck), put(eventAbout(stuck, 'FailedMount', says))]],
    }),
  ).toMatchObject({
    code: 'mount-failed',
    facts: {volume: 's', missing: {kind: 'Secret', name: 'dbsecre', nearest: 'dbsecret'}},
  });
});

describe('why a container ended', () => {
  test.each([
    [
      '2026-11-21 17:43:46+00:00 [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
      {cause: 'no-password'},
    ],
    [
      '2026-11-21T17:00:00.1Z 0 [ERROR] [MY-010457] [Server] --initialize specified but the data directory has files in it. Aborting.',
      {cause: 'directory-not-empty'},
    ],
    ['[ERROR] InnoDB: Unable to lock ./ibdata1 error: 11', {cause: 'directory-locked'}],
    [
      "2026-11-21 17:44:03 0 [ERROR] mariadbd: unknown option '--no-such-option'",
      {cause: 'unknown-option', detail: '--no-such-option'},
    ],
    [
      "ERROR 1045 (28000): Access denied for user 'user'@'10.42.0.7' (using password: YES)",
      {cause: 'access-denied', detail: 'user'},
    ],
    ["ERROR 2005 (HY000): Unknown server host 'my-mysql' (-2)", {cause: 'no-server', detail: 'my-mysql'}],
    ['sh: 1: slep: not found', {cause: 'program-missing', detail: 'slep'}],
    [
      "[ERROR] mariadbd: Can't create/write to file '/x' (Errcode: 13 \"Permission denied\")",
      {cause: 'permission'},
    ],
    ["[ERROR] Can't start server: Bind on TCP/IP port: Address already in use", {cause: 'port-taken'}],
    ['something else', {}],
  ])('%s', (log, cause) => {
    expect(crashCause({exitCode: 1, log})).toEqual(cause);
  });
  test('it took too much memory', () => {
    expect(crashCause({exitCode: 137, reason: 'OOMKilled', log: ''})).toEqual({cause: 'out-of-memory'});
  });
});

describe('container-ends', () => {
  const ended = (restartCount: number, restartPolicy = 'Always') =>
    put(pod('db', {ready: false, container: {...exited(0), restartCount}, spec: {restartPolicy}}));
  test('its program ends without an error, again and again', () => {
    expect(diagnosisOf({milestones, script: [[1, ended(2)]]})).toEqual({
      code: 'container-ends',
      facts: {container: 'db', restarts: 2},
      object: {kind: 'pods', name: 'db', uid: 'uid-db', namespace: 'statelab-test'},
      path: 'spec.containers[name=db].command',
      verdict: 'off-track',
    });
    const backOff = {...waiting('CrashLoopBackOff'), lastState: exited(0).state, restartCount: 1};
    expect(
      diagnosisOf({milestones, script: [[1, put(pod('db', {ready: false, container: backOff}))]]})?.code,
    ).toBe('container-ends');
  });
  test('not when it was ended once, or is not to go on', () => {
    expect(diagnosisOf({milestones, script: [[1, ended(1)]]})).toBeUndefined();
    expect(diagnosisOf({milestones, script: [[1, ended(2, 'OnFailure')]]})).toBeUndefined();
  });
});

describe('probe-failing', () => {
  const startedAt = new Date(0).toISOString();
  const unready = {state: {running: {startedAt}}, restartCount: 0, ready: false};
  const says =
    'Readiness probe failed: Get "http://10.42.0.7:3000/": dial tcp 10.42.0.7:3000: connect: connection refused';
  const db = pod('db', {ready: false, container: unready});
  const script: Script = [[1, put(db), put(eventAbout(db, 'Unhealthy', says))]];
  test('it runs and does not get ready', () => {
    expect(diagnosisOf({milestones, script, at: 21})).toEqual({
      code: 'probe-failing',
      facts: {container: 'db', probe: 'readiness'},
      object: {kind: 'pods', name: 'db', uid: 'uid-db', namespace: 'statelab-test'},
      path: 'spec.containers[name=db].readinessProbe',
      verdict: 'off-track',
      proof: says,
    });
  });
  test('it is restarted for its liveness probe', () => {
    const restarted = pod('db', {ready: false, container: {...waiting('CrashLoopBackOff'), restartCount: 3}});
    const events = [
      put(
        eventAbout(restarted, 'Unhealthy', 'Liveness probe failed: cat: /nope: No such file or directory\n'),
      ),
      put(eventAbout(restarted, 'Killing', 'Container db failed liveness probe, will be restarted')),
    ];
    expect(diagnosisOf({milestones, script: [[1, put(restarted), ...events]]})).toMatchObject({
      facts: {container: 'db', probe: 'liveness'},
      proof: 'Liveness probe failed: cat: /nope: No such file or directory',
    });
  });
  test('not while it may still be starting: so long, or as long as the step says', () => {
    const {judgement, wakeAt} = judged({milestones, script, at: 10});
    expect([judgement.diagnosis, wakeAt]).toEqual([undefined, 20_000]);
    const [milestone] = milestones;
    const slow = [{...milestone, id: 'm', expect: {within: 60, because: 'x'}}] as MilestoneInput[];
    expect(diagnosisOf({milestones: slow, script, at: 30})).toBeUndefined();
  });
  test('not once it is ready', () => {
    const ready = pod('db', {ready: true, container: {...unready, ready: true}});
    const wants: MilestoneInput[] = [{id: 'm', object: {kind: 'pods'}, match: {status: {qosClass: 'x'}}}];
    const after: Script = [[1, put(ready), put(eventAbout(ready, 'Unhealthy', says))]];
    expect(diagnosisOf({milestones: wants, script: after, at: 30})).toBeUndefined();
  });
});

describe('Pods that are over', () => {
  test('pod-evicted: it took more than it may', () => {
    const message = 'Usage of EmptyDir volume "cache" exceeds the limit "64Mi". ';
    const evicted = object('pods', 'db', {
      metadata: {labels: {app: 'db'}},
      status: {phase: 'Failed', reason: 'Evicted', message},
    });
    expect(diagnosisOf({milestones, script: [[1, put(evicted)]]})).toMatchObject({
      code: 'pod-evicted',
      proof: message,
    });
    expect(diagnosisOf({milestones, script: [[1, put(evicted)]], expected: ['pod-evicted']})?.code).toBe(
      'pod-ended',
    );
  });
  test('pod-ended: nobody starts it again', () => {
    const over = pod('db', {phase: 'Failed', container: exited(3), spec: {restartPolicy: 'Never'}});
    expect(diagnosisOf({milestones, script: [[1, put(over)]]})).toMatchObject({
      code: 'pod-ended',
      facts: {failed: true, exitCode: 3},
    });
  });
  test('not of one that is on its way out', () => {
    expect(
      diagnosisOf({milestones, script: [[1, put(pod('db', {phase: 'Succeeded', deleting: true}))]]}),
    ).toBeUndefined();
  });
});

describe('read-only-mount', () => {
  const served: MilestoneInput[] = [
    {id: 'm', probe: {look: {exec: {object: {kind: 'pods', name: 'web'}, command: ['curl']}}, matches: 'x'}},
  ];
  const looks = new Map([
    [
      'm',
      {
        status: 'unmatched' as const,
        mismatches: [{type: 'output' as const, object: 'web', wanted: 'x', found: '403'}],
      },
    ],
  ]);
  const web = (mount: object) =>
    put(
      pod('web', {
        container: {state: {running: {}}},
        spec: {containers: [{name: 'db', volumeMounts: [{name: 'v', ...mount}]}]},
      }),
    );
  test('nothing can be written where a program is to find something', () => {
    const script: Script = [[1, web({mountPath: '/html', readOnly: true})]];
    expect(diagnosisOf({milestones: served, looks, script})).toMatchObject({
      code: 'read-only-mount',
      facts: {container: 'db', mountPath: '/html'},
      object: {name: 'web'},
    });
  });
  test.each([
    ['one that can be written', {mountPath: '/html'}],
    [
      'that of every Pod’s token',
      {mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true},
    ],
  ])('not of %s', (_, mount) => {
    expect(diagnosisOf({milestones: served, looks, script: [[1, web(mount)]]})).toBeUndefined();
  });
  test('a program that cannot write says so in its log', () => {
    expect(crashCause({exitCode: 1, log: "mariadbd: Can't create/write to file (Errcode: 30)"})).toEqual({
      cause: 'read-only',
    });
  });
});
