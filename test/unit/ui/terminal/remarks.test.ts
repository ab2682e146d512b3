import {describe, expect, test} from 'vitest';
import {languages} from '../../../../src/lab/lab.ts';
import {messagesIn, sayRemark} from '../../../../src/ui/messages/messages.ts';
import {readLine} from '../../../../src/ui/terminal/line.ts';
import {
  type Ended,
  type Remark,
  type RemarkCode,
  type RemarkFacts,
  remarkOn,
} from '../../../../src/ui/terminal/remarks.ts';

const files = ['mariadb.yaml', 'service.yaml'];
const here = {
  stderr: '',
  namespace: 'statelab-pvc',
  kubeconfig: '/home/me/kubeconfig',
  client: 'mariadb',
  files,
};

/** What is said of a line that was typed, once it ended so. */
function said(line: string, exitCode: number | undefined, where: Partial<Ended> = {}) {
  const typed = readLine(line);
  if (typed.type !== 'program') throw new Error(`${line} is no command`);
  return remarkOn({args: typed.args, exitCode, ...here, ...where});
}

test.each<[string, number, RemarkCode, object]>([
  ['kubectl exec mariadb mariadb -uroot', 1, 'exec-without-dashes', {program: 'mariadb'}],
  ['kubectl exec -it mariadb', 1, 'exec-without-dashes', {}],
  ['kubectl exec -it mariadb -- mysql -uroot -pr', 126, 'client-name', {typed: 'mysql', name: 'mariadb'}],
  [
    'kubectl exec mariadb -- mysqladmin ping',
    127,
    'client-name',
    {typed: 'mysqladmin', name: 'mariadb-admin'},
  ],
  ['kubectl exec mariadb -- mariadb -u root -p qwerty', 1, 'password-apart', {password: 'qwerty'}],
  ['kubectl exec mariadb -- mariadb -uroot -pr', 0, 'exec-without-input', {program: 'mariadb'}],
  ['kubectl exec mariadb -- bash', 0, 'exec-without-input', {program: 'bash'}],
  [
    'kubectl apply -n default -f mariadb.yaml',
    0,
    'other-namespace',
    {typed: 'default', wanted: 'statelab-pvc'},
  ],
  ['kubectl --namespace=pvc get pods', 1, 'other-namespace', {typed: 'pvc', wanted: 'statelab-pvc'}],
  ['kubectl --context minikube get pods', 0, 'other-cluster', {option: '--context'}],
  ['kubectl get pods --kubeconfig /etc/rancher/k3s.yaml', 0, 'other-cluster', {option: '--kubeconfig'}],
  [
    'kubectl apply -f mariabd.yaml',
    1,
    'no-such-manifest',
    {typed: 'mariabd.yaml', known: files, nearest: 'mariadb.yaml'},
  ],
  ['kubectl apply --filename=x', 1, 'no-such-manifest', {typed: 'x', known: files}],
  ['kubectl drain k3d-agent-0', 1, 'drain-refused', {}],
  ['kubectl port-forward pod/mariadb 3306:3306', 1, 'port-forward-ended', {}],
  ['kubectl apply -f mariadb.yaml', 1, 'apply-refused', {}],
])('%s (%i)', (line, exitCode, code, facts) => {
  expect(said(line, exitCode)).toEqual({code, facts});
});

test('where the lab’s database is MySQL, its client is called so', () => {
  expect(said('kubectl exec db-0 -- mariadb -e x', 126, {client: 'mysql'})).toEqual({
    code: 'client-name',
    facts: {typed: 'mariadb', name: 'mysql'},
  });
});

test.each<[string, string, RemarkCode, object]>([
  [
    'kubectl apply -f mysql.yaml',
    'The StatefulSet "mysql" is invalid: spec: Forbidden: updates to statefulset spec for fields other than',
    'not-changeable',
    {kind: 'StatefulSet', name: 'mysql'},
  ],
  [
    'kubectl apply -f web.yaml',
    'Warning: x\nThe Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than',
    'not-changeable',
    {kind: 'Pod', name: 'web'},
  ],
  [
    'kubectl replace -f pvc.yaml',
    'The PersistentVolumeClaim "c" is invalid: spec: Forbidden: spec is immutable after creation except',
    'not-changeable',
    {kind: 'PersistentVolumeClaim', name: 'c'},
  ],
  [
    'kubectl apply -f svc.yaml',
    'The Service "s" is invalid: spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    'not-changeable',
    {kind: 'Service', name: 's'},
  ],
  [
    'kubectl apply -f web.yaml',
    'The Pod "web" is invalid: spec.containers[0].volumeMounts[0].name: Not found: "page"',
    'apply-refused',
    {},
  ],
  [
    'kubectl create -f web.yaml',
    'Error from server (AlreadyExists): error when creating "web.yaml": pods "web" already exists',
    'already-there',
    {},
  ],
])('%s, which is refused: %s', (line, stderr, code, facts) => {
  expect(said(line, 1, {stderr, files: ['mysql.yaml', 'web.yaml', 'pvc.yaml', 'svc.yaml']})).toEqual({
    code,
    facts,
  });
});

test.each([130, undefined])('a delete that is only no longer waited for (%s)', exitCode => {
  expect(said('kubectl delete pod mysql-0', exitCode)).toEqual({code: 'delete-goes-on', facts: {}});
});

describe('nothing is said', () => {
  test.each<[string, number | undefined]>([
    ['kubectl exec mariadb -- mariadb -uroot -pr -e "select 1"', 0],
    ['kubectl exec mariadb -- mariadb -uroot -pr -Bse "select 1"', 0],
    ['kubectl exec -it mariadb -- mariadb -uroot -pr', 0],
    ['kubectl exec -i mariadb -- sh', 0],
    ['kubectl exec mariadb -- sh -c "echo hi"', 0],
    ['kubectl exec mariadb -- ls -p /var', 1],
    ['kubectl exec mariadb -- cat /nope', 1],
    ['kubectl get pods -n kube-system', 0],
    ['kubectl apply -n statelab-pvc -f mariadb.yaml', 0],
    ['kubectl config get-contexts --kubeconfig x', 0],
    ['kubectl get pods --kubeconfig /home/me/kubeconfig', 0],
    ['kubectl get -f https://example.com/x.yaml', 1],
    ['kubectl delete -f mariadb.yaml', 1],
    ['kubectl port-forward pod/mariadb 3306:3306', 130],
    ['kubectl drain k3d-agent-0', undefined],
    ['kubectl get pods', 1],
  ])('of %s (%s)', (line, exitCode) => {
    expect(said(line, exitCode)).toBeUndefined();
  });
  test('of a client, where the lab has no database', () => {
    expect(said('kubectl exec web -- mysql', 126, {client: undefined})).toBeUndefined();
  });
});

/** Facts for every remark. A code without any does not compile. */
const facts: {[C in RemarkCode]: RemarkFacts[C][]} = {
  'exec-without-dashes': [{}, {program: 'mariadb'}],
  'exec-without-input': [{program: 'bash'}],
  'client-name': [{typed: 'mysql', name: 'mariadb'}],
  'password-apart': [{password: 'qwerty'}],
  'other-namespace': [{typed: 'a', wanted: 'b'}],
  'other-cluster': [{option: '--context'}],
  'no-such-manifest': [
    {typed: 'a', known: []},
    {typed: 'a', known: ['b']},
    {typed: 'a', known: ['b'], nearest: 'b'},
  ],
  'drain-refused': [{}],
  'port-forward-ended': [{}],
  'apply-refused': [{}],
  'not-changeable': ['StatefulSet', 'Pod', 'PersistentVolumeClaim', 'PersistentVolume', 'Service'].map(
    kind => ({
      kind,
      name: 'x',
    }),
  ),
  'already-there': [{}],
  'delete-goes-on': [{}],
};
test.each(languages)('every remark is a sentence in %s', language => {
  for (const [code, all] of Object.entries(facts))
    for (const one of all) {
      const text = sayRemark({code, facts: one} as Remark, messagesIn(language));
      expect(text).not.toMatch(/undefined|\[object/);
      expect(text).not.toBe(code);
    }
});
