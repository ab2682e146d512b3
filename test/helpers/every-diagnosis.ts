import type {Diagnosis, DiagnosisCode, DiagnosisFacts} from '../../src/checks/diagnosis.ts';
import {namespace} from './objects.ts';

const causes = [
  'no-password',
  'directory-not-empty',
  'directory-locked',
  'foreign-files',
  'unknown-option',
  'program-missing',
  'permission',
  'read-only',
  'disk-full',
  'port-taken',
  'out-of-memory',
  'access-denied',
  'no-server',
] as const;

/** Facts for every diagnosis, some with and without what may be left out. A code without any does not compile. */
const facts: {[C in DiagnosisCode]: DiagnosisFacts[C][]} = {
  'wrong-namespace': [{found: 'default', wanted: namespace}],
  'wrong-name': [{found: 'a', wanted: 'b'}],
  'wrong-kind': [{wanted: 'StatefulSet'}, {wanted: 'Pod', madeBy: 'ReplicaSet db-1'}],
  'wrong-field': [
    {found: 'a', wanted: 'b', fixed: false},
    {found: undefined, wanted: 'b', fixed: true},
    {found: undefined, has: ['a', 'b'], fixed: false},
    {found: 'a', not: 'a', fixed: false},
  ],
  'scaled-replicaset': [{replicaSet: 'r', deployment: 'd'}],
  'scaled-elsewhere': [{found: 'a', replicas: 2, wanted: 'b'}],
  'scaled-away': [{replicas: 0, before: 1}],
  'scaled-not-deleted': [{replicas: 0}],
  'made-again': [{owner: 'StatefulSet db'}],
  'deleted-meanwhile': [{at: 0}],
  'rollout-paused': [{}],
  'rollout-stuck': [{workload: 'db'}],
  'claim-pending': [
    {reason: 'class-unknown', wanted: 'fast', known: [], ofVolumes: []},
    {reason: 'class-unknown', wanted: 'fast', known: ['a', 'b'], ofVolumes: ['c']},
    {reason: 'no-default-class', known: []},
    {reason: 'no-default-class', known: ['a']},
    {reason: 'no-volume', class: ''},
    {reason: 'no-volume', class: 'c'},
    {
      reason: 'no-volume',
      class: 'c',
      nearest: {
        volume: 'v',
        unsuited: (['class', 'size', 'access', 'mode', 'selector'] as const).map(one => ({
          in: one,
          found: one === 'selector' ? '' : 'x',
          wanted: 'y',
        })),
      },
    },
    {reason: 'volume-unknown', volume: 'v'},
    {reason: 'volume-unknown', volume: 'v', nearest: 'w'},
    {reason: 'volume-taken', volume: 'v', by: 'other'},
    {reason: 'provisioning-failed'},
    {reason: 'waits-for-pod', class: 'c'},
  ],
  'claim-gone': [
    {claim: 'c', deleting: false},
    {claim: 'c', deleting: false, nearest: 'd'},
    {claim: 'c', deleting: true},
  ],
  'claim-deleted': [
    {kept: false, again: false},
    {kept: false, again: true, volume: 'v'},
    {kept: true, again: false, volume: 'v'},
    {kept: true, again: false, volume: 'v', isGoing: true},
    {kept: false, again: false, volume: 'v', isGoing: true},
  ],
  'volume-released': [{claim: 'c'}, {claim: 'c', wantedBy: 'd'}],
  'being-deleted': [
    {finalizers: [], heldBy: []},
    {finalizers: ['f'], heldBy: []},
    {finalizers: ['kubernetes.io/pvc-protection'], heldBy: ['Pod a', 'Pod b']},
  ],
  'mount-failed': [
    {},
    {volume: 'v'},
    {volume: 'v', missing: {kind: 'Secret', name: 's'}},
    {missing: {kind: 'ConfigMap', name: 's', nearest: 't'}},
    {volume: 'v', hostPath: {path: '/p', wanted: 'directory'}},
  ],
  unschedulable: (['selector', 'volume', 'cordoned', 'resources', 'other'] as const).flatMap(reason => [
    {reason},
    {reason, nodeSelector: 'a=b', nodesHave: ['a=c', 'a=d']},
    {reason, cordoned: true as const},
  ]),
  'node-cordoned': [{nodes: ['n1']}, {nodes: ['n1', 'n2'], pinned: 'volume'}],
  'node-tainted': [
    {node: 'n1', taint: 'a=b:NoSchedule'},
    {node: 'n1', taint: 'a:NoExecute', pinned: 'selector'},
  ],
  'node-lost': [
    {node: 'n1', terminating: true},
    {node: 'n1', terminating: false},
  ],
  'not-forced': [{node: 'n1'}],
  'wrong-node': (['cordoned', 'uncordoned', 'tainted', 'stopped', 'deleted'] as const).map(change => ({
    found: 'db-1',
    wanted: ['n1', 'n2'],
    change,
  })),
  'node-running': [
    {node: 'n1', did: 'cordoned'},
    {node: 'n1', did: 'tainted'},
    {node: 'n1', did: 'deleted'},
    {node: 'n1', did: 'emptied'},
  ],
  'not-evicted': [{pod: 'p'}],
  'budget-without-pods': [{selector: 'app=a'}, {selector: 'app=a', nearest: {pod: 'p', labels: 'app=b'}}],
  'budget-allows': [{allowed: 1}, {allowed: 2}],
  'not-drained': [
    {node: 'n1', pod: 'p', because: 'budget', budget: 'b'},
    {node: 'n1', pod: 'p', because: 'cordon-only'},
    {node: 'n1', pod: 'p', because: 'unmanaged', blocker: 'q'},
    {node: 'n1', pod: 'p', because: 'local-data', blocker: 'q'},
  ],
  'not-cordoned': [
    {did: 'tainted', key: 'k'},
    {did: 'labelled', key: 'k'},
  ],
  'image-not-pulled': [{container: 'c', image: 'i', reason: 'ErrImagePull'}],
  'container-config': [
    {container: 'c'},
    {container: 'c', program: 'slep'},
    {container: 'c', missing: {kind: 'Secret', name: 's'}},
    {container: 'c', missing: {kind: 'Secret', name: 's', nearest: 't'}},
    {container: 'c', missing: {kind: 'Secret', name: 's', key: 'k'}},
    {container: 'c', missing: {kind: 'ConfigMap', name: 's', key: 'k', nearest: 'l', has: ['l', 'm']}},
  ],
  'crash-loop': [
    ...[0, 1, 2].map(restarts => ({container: 'c', exitCode: 1, restarts})),
    ...causes.map(cause => ({container: 'c', exitCode: 1, restarts: 0, cause, detail: 'x'})),
    {container: 'c', exitCode: 127, restarts: 0, cause: 'program-missing'},
  ],
  'container-ends': [1, 2].map(restarts => ({container: 'c', restarts})),
  'probe-failing': (['readiness', 'liveness', 'startup'] as const).map(probe => ({container: 'c', probe})),
  'read-only-mount': [{container: 'c', mountPath: '/data'}],
  'pod-evicted': [{}],
  'pod-ended': [{failed: false}, {failed: true, exitCode: 2}],
  'service-without-endpoints': [
    {selector: 'a=b'},
    {selector: 'a=b', unready: ['p']},
    {selector: 'a=b', nearest: {pod: 'p', labels: 'a=c'}},
  ],
  'update-held': [{pods: ['p']}, {pods: ['p', 'q'], partition: 2}],
  orphaned: [{owner: 'StatefulSet s'}],
  'outside-template': (['labels', 'annotations'] as const).map(what => ({what, workload: 'StatefulSet s'})),
  'retention-too-late': [{workload: 's', pod: 's-1', replicas: 2}],
  'service-port': [{port: 3000, target: 'http', listens: ['80 (web)'], pod: 'p'}],
  'service-not-headless': [{clusterIP: '10.0.0.1'}],
  'name-unresolved': (
    ['no-service', 'not-headless', 'other-service-name', 'no-pod', 'unready'] as const
  ).flatMap(because => [
    {host: 'h', because, about: 'a'},
    {host: 'h', because, about: 'a', nearest: 'b'},
  ]),
  'access-denied': [
    {user: 'u', password: true, changed: false},
    {user: 'root', password: false, changed: true, from: {env: 'E', secret: 's', key: 'k'}},
    {user: 'root', password: true, changed: false, from: {env: 'E'}},
    {user: 'u', password: true, changed: false, client: true, from: {env: 'E', secret: 's', key: 'k'}},
    {user: 'u', password: false, changed: false, client: true},
    {user: 'u', password: true, changed: false, client: true, database: 'd'},
    {user: 'u', password: true, changed: false, database: 'd'},
  ],
  'sql-missing': (['database', 'table', 'column'] as const).map(what => ({what, name: 'n'})),
  'no-connection': [{refused: true}, {refused: false, host: 'h'}],
  'file-missing': [{file: '/f'}],
  'other-output': [{command: 'cat /f', says: '124'}],
  'nothing-listens': [{port: 3306}],
  'other-listener': [
    {port: 3306, says: ''},
    {port: 3306, says: 'SSH'},
  ],
  'create-failed': [{forbidden: true}, {forbidden: false}],
  'object-gone': [{remembered: 'first'}],
  late: [{seconds: 60, expected: 30}],
  'wrong-answer': [{answer: 'x'}],
  'nothing-to-look-at': (['log', 'exec', 'files', 'object'] as const).map(what => ({what})),
  blind: [{since: 0}],
};

const object = {kind: 'pods', name: 'db-1', namespace, uid: 'u'} as const;
/** They speak of the learner's machine, of the whole cluster or of an answer, not of an object. */
export const withoutObject: readonly DiagnosisCode[] = [
  'late',
  'wrong-answer',
  'nothing-to-look-at',
  'blind',
  'nothing-listens',
  'other-listener',
];

export const everyDiagnosis: Diagnosis[] = Object.entries(facts).flatMap(([code, all]) =>
  all.map(
    one =>
      ({
        code,
        facts: one,
        ...(withoutObject.includes(code as DiagnosisCode) ? {} : {object, path: 'spec.field'}),
      }) as unknown as Diagnosis,
  ),
);
