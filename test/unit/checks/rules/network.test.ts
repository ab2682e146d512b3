import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {exited, object, pod} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';

const slices = 'endpointslices.discovery.k8s.io';
const service = (name: string, spec: object) => put(object('services', name, {spec}));
const noEndpoints = put(
  object(slices, 'web-abc', {metadata: {labels: {'kubernetes.io/service-name': 'web'}}, endpoints: []}),
);
const ofSlices: MilestoneInput[] = [
  {id: 'm', object: {kind: slices}, match: {endpoints: [{conditions: {ready: true}}]}},
];
const nginx = (ports?: object[]) =>
  put(
    pod('web-1', {
      labels: {app: 'web', 'pod-template-hash': '7f'},
      spec: {containers: [{name: 'web', image: 'nginx:1.26', ...(ports ? {ports} : {})}]},
    }),
  );

describe('service-port', () => {
  test.each<[string, object, object[] | undefined, object | undefined]>([
    [
      'a port that its image does not listen on',
      {port: 3000},
      undefined,
      {port: 3000, target: '3000', listens: ['80']},
    ],
    [
      'one that its containers do not declare',
      {port: 3000},
      [{containerPort: 80}],
      {target: '3000', listens: ['80']},
    ],
    [
      'a name that no port has',
      {port: 80, targetPort: 'http'},
      [{name: 'web', containerPort: 80}],
      {target: 'http', listens: ['80 (web)']},
    ],
    ['the right port', {port: 3000, targetPort: 80}, undefined, undefined],
    ['the right name', {port: 3000, targetPort: 'web'}, [{name: 'web', containerPort: 80}], undefined],
  ])('%s', (_name, port, declared, facts) => {
    const script: Script = [[0, service('web', {selector: {app: 'web'}, ports: [port]}), nginx(declared)]];
    const diagnosis = diagnosisOf({milestones: ofSlices, script});
    if (facts) expect(diagnosis).toMatchObject({code: 'service-port', facts: {...facts, pod: 'web-1'}});
    else expect(diagnosis).toBeUndefined();
  });
  test('not where the Service selects other Pods than asked: then that is said', () => {
    const asks: MilestoneInput[] = [
      {id: 'm', object: {kind: 'services', name: 'web'}, match: {spec: {selector: {app: 'shop'}}}},
    ];
    const script: Script = [[1, service('web', {selector: {app: 'web'}, ports: [{port: 3000}]}), nginx()]];
    expect(diagnosisOf({milestones: asks, script})).toMatchObject({
      code: 'wrong-field',
      path: 'spec.selector.app',
    });
  });
  test('not where nothing is known of what the Pods listen on', () => {
    const own = put(pod('web-1', {labels: {app: 'web'}, spec: {containers: [{name: 'x', image: 'mine:1'}]}}));
    const script: Script = [[0, service('web', {selector: {app: 'web'}, ports: [{port: 1}]}), own]];
    expect(diagnosisOf({milestones: ofSlices, script})).toBeUndefined();
  });
});

describe('service-without-endpoints', () => {
  test('a typing mistake in its selector: the Pod that comes closest', () => {
    const script: Script = [
      [
        0,
        service('web', {selector: {app: 'wbe'}, ports: [{port: 80}]}),
        noEndpoints,
        nginx(),
        put(pod('other')),
      ],
    ];
    expect(diagnosisOf({milestones: ofSlices, script})?.facts).toEqual({
      selector: 'app=wbe',
      nearest: {pod: 'web-1', labels: 'app=web'},
    });
  });
  test('a Pod that is only there as well is not offered', () => {
    const other = put(pod('my-app-1', {labels: {app: 'my-app', tier: 'web'}}));
    const script: Script = [[0, service('web', {selector: {app: 'my-mysql'}}), noEndpoints, other]];
    expect(diagnosisOf({milestones: ofSlices, script})?.facts).toEqual({selector: 'app=my-mysql'});
  });
  test('its Pods are there, and not ready', () => {
    const script: Script = [
      [0, service('web', {selector: {app: 'web'}, ports: [{port: 80}]}), noEndpoints, nginx()],
    ];
    expect(diagnosisOf({milestones: ofSlices, script})?.facts).toEqual({
      selector: 'app=web',
      unready: ['web-1'],
    });
  });
});

describe('service-not-headless', () => {
  const asks: MilestoneInput[] = [
    {id: 'm', object: {kind: 'services', name: 'web'}, match: {spec: {clusterIP: 'None'}}},
  ];
  test('it has an address of its own', () => {
    expect(
      diagnosisOf({milestones: asks, script: [[1, service('web', {clusterIP: '10.43.1.2'})]]}),
    ).toMatchObject({
      code: 'service-not-headless',
      facts: {clusterIP: '10.43.1.2'},
      path: 'spec.clusterIP',
    });
  });
  test('not when something else of it is not as asked', () => {
    const port: MilestoneInput[] = [
      {id: 'm', object: {kind: 'services', name: 'web'}, match: {spec: {type: 'NodePort'}}},
    ];
    expect(
      diagnosisOf({milestones: port, script: [[0, service('web', {clusterIP: '10.43.1.2'})]]}),
    ).toBeUndefined();
  });
});

/** A milestone that runs a program in the Pod `client`, and what that says. */
const asked = (command: string[], found: string, script: Script) =>
  diagnosisOf({
    milestones: [
      {id: 'm', probe: {look: {exec: {object: {kind: 'pods', name: 'client'}, command}}, matches: 'right'}},
    ],
    script: [[0, put(pod('client', {labels: {app: 'client'}}))], ...script],
    looks: new Map([
      ['m', {status: 'unmatched', mismatches: [{type: 'output', object: 'client', wanted: 'right', found}]}],
    ]),
  });

describe('name-unresolved', () => {
  const host = 'mysql-0.mysql.statelab-test.svc';
  const getent = ['getent', 'hosts', host];
  const headless = service('mysql', {clusterIP: 'None', selector: {app: 'db'}});
  const zero = (subdomain?: string, ready = false) =>
    put(pod('mysql-0', {ready, spec: subdomain ? {subdomain} : {}}));
  test.each<[string, Script, object]>([
    [
      'there is no such Service',
      [[1, service('msql', {})]],
      {because: 'no-service', about: 'mysql', nearest: 'msql'},
    ],
    [
      'it is not headless',
      [[1, service('mysql', {clusterIP: '10.43.0.9'})]],
      {because: 'not-headless', about: 'mysql'},
    ],
    ['there is no such Pod', [[1, headless]], {because: 'no-pod', about: 'mysql-0'}],
    [
      'its StatefulSet names another Service',
      [[1, headless, zero('db')]],
      {because: 'other-service-name', about: 'mysql', nearest: 'db'},
    ],
    ['it is not ready yet', [[1, headless, zero('mysql')]], {because: 'unready', about: 'mysql-0'}],
  ])('%s', (_name, script, why) => {
    expect(asked(getent, '', script)).toMatchObject({code: 'name-unresolved', facts: {host, ...why}});
  });
  test.each([
    `** server can't find ${host}: NXDOMAIN`,
    `ERROR 2005 (HY000): Unknown server host '${host}' (-2)`,
    `curl: (6) Could not resolve host: ${host}`,
    `wget: bad address '${host}'`,
  ])('in the words of other programs: %s', text => {
    expect(asked(['x'], text, [])).toMatchObject({facts: {host, because: 'no-service'}, proof: text});
  });
  test('not when the Pod is ready: then its name is only not known everywhere, or no Pod is selected', () => {
    expect(asked(getent, '', [[1, headless, zero('mysql', true)]])).toBeUndefined();
    const typo = service('mysql', {clusterIP: 'None', selector: {app: 'bd'}});
    const nothing = put(
      object(slices, 'mysql-x', {
        metadata: {labels: {'kubernetes.io/service-name': 'mysql'}},
        endpoints: [],
      }),
    );
    expect(asked(getent, '', [[1, typo, nothing, zero('mysql', true)]])).toMatchObject({
      code: 'service-without-endpoints',
      facts: {selector: 'app=bd', nearest: {pod: 'mysql-0', labels: 'app=db'}},
    });
  });
  test('not of a program that says nothing for other reasons', () => {
    expect(asked(['cat', '/f'], '', [])).toBeUndefined();
  });
});

describe('access-denied', () => {
  const says = "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)";
  const fromSecret = {valueFrom: {secretKeyRef: {name: 'dbsecret', key: 'root_password'}}};
  const server = (env: object[]) => put(pod('db-0', {spec: {containers: [{name: 'db', env}]}}));
  const secret = (value: string) => put(object('secrets', 'dbsecret', {data: {root_password: value}}));
  test('where the server had its password from, at its first start', () => {
    const script: Script = [[1, secret('cg=='), server([{name: 'MARIADB_ROOT_PASSWORD', ...fromSecret}])]];
    expect(asked(['mariadb', '-hdb'], says, script)).toEqual({
      code: 'access-denied',
      facts: {
        user: 'root',
        password: true,
        from: {env: 'MARIADB_ROOT_PASSWORD', secret: 'dbsecret', key: 'root_password'},
        changed: false,
      },
      object: {kind: 'pods', name: 'db-0', uid: 'uid-db-0', namespace: 'statelab-test'},
      verdict: 'off-track',
      proof: says,
    });
  });
  test('the Secret was changed afterwards', () => {
    const script: Script = [
      [1, secret('cg=='), server([{name: 'MYSQL_ROOT_PASSWORD', ...fromSecret}])],
      [2, secret('eA==')],
    ];
    expect(asked(['mariadb'], says, script)?.facts).toMatchObject({changed: true});
  });
  test('another user, without a password; nothing is known of a server', () => {
    const other = "ERROR 1045 (28000): Access denied for user 'app'@'10.42.0.7' (using password: NO)";
    expect(asked(['mariadb'], other, [])?.facts).toEqual({user: 'app', password: false, changed: false});
    const script: Script = [
      [
        1,
        server([
          {name: 'MARIADB_ROOT_PASSWORD', value: 'x'},
          {name: 'MARIADB_PASSWORD', value: 'y'},
        ]),
      ],
    ];
    expect(asked(['mariadb'], other, script)?.facts).toMatchObject({from: {env: 'MARIADB_PASSWORD'}});
  });
  test('the password is right, but the database is not the user’s', () => {
    const other = "ERROR 1044 (42000): Access denied for user 'user'@'%' to database 'shopp'";
    expect(asked(['mariadb'], other, [])?.facts).toEqual({
      user: 'user',
      password: true,
      database: 'shopp',
      changed: false,
    });
  });
  test('a client in a Pod of its own, which ended because of it: it came with another password', () => {
    const ended = {...exited(1), restartCount: 0};
    const client = put(pod('client', {ready: false, phase: 'Failed', container: ended}));
    const script: Script = [[1, server([{name: 'MARIADB_PASSWORD', ...fromSecret}]), client]];
    const log = "ERROR 1045 (28000): Access denied for user 'user'@'10.42.1.5' (using password: YES)";
    expect(
      diagnosisOf({
        milestones: [
          {id: 'm', probe: {look: {exec: {object: {kind: 'pods'}, command: ['x']}}, matches: 'x'}},
        ],
        script,
        evidence: new Map([['uid-client/db/0t', log]]),
      }),
    ).toMatchObject({
      code: 'access-denied',
      facts: {user: 'user', password: true, client: true, from: {env: 'MARIADB_PASSWORD'}},
      object: {name: 'client'},
      proof: log,
    });
  });
});

test.each([
  ["ERROR 1049 (42000): Unknown database 'hands_on'", 'sql-missing', {what: 'database', name: 'hands_on'}],
  [
    "ERROR 1146 (42S02) at line 1: Table 'hands_on.test' doesn't exist",
    'sql-missing',
    {what: 'table', name: 'hands_on.test'},
  ],
  [
    "ERROR 1054 (42S22) at line 1: Unknown column 'idd' in 'SELECT'",
    'sql-missing',
    {what: 'column', name: 'idd'},
  ],
  ['cat: /mount-point-2/f: No such file or directory', 'file-missing', {file: '/mount-point-2/f'}],
  ["cat: can't open '/nope': No such file or directory", 'file-missing', {file: '/nope'}],
  ["ls: cannot access '/nope': No such file or directory", 'file-missing', {file: '/nope'}],
  [
    "ERROR 2003 (HY000): Can't connect to server on 'my-mysql-svc' (111)",
    'no-connection',
    {host: 'my-mysql-svc', refused: true},
  ],
  [
    "ERROR 2002 (HY000): Can't connect to local server through socket '/run/mysqld/mysqld.sock' (2)",
    'no-connection',
    {refused: true},
  ],
  [
    "ERROR 2013 (HY000): Lost connection to server at 'handshake: reading initial communication packet', system error: 110",
    'no-connection',
    {refused: false},
  ],
  [
    "wget: can't connect to remote host (10.43.79.187): Connection refused",
    'no-connection',
    {host: '10.43.79.187', refused: true},
  ],
])('a program says: %s', (text, code, facts) => {
  expect(asked(['x'], text, [])).toEqual({
    code,
    facts,
    object: {kind: 'pods', name: 'client', uid: 'uid-client', namespace: 'statelab-test'},
    proof: text,
  });
});

describe('other-output', () => {
  const said = (changed: boolean, text: string) =>
    diagnosisOf({
      milestones: [
        {
          id: 'm',
          probe: {
            look: {exec: {object: {kind: 'pods', name: 'client'}, command: ['cat', '/f']}},
            matches: '123',
          },
        },
      ],
      script: [[0, put(pod('client'))]],
      looks: new Map([
        [
          'm',
          {
            status: 'unmatched',
            mismatches: [{type: 'output', object: 'client', wanted: '123', found: text}],
            changed,
          },
        ],
      ]),
    });
  test('it is another answer than at the beginning, and still not the one that is wanted', () => {
    expect(said(true, '124')).toMatchObject({
      code: 'other-output',
      facts: {command: 'cat /f', says: '124'},
      object: {name: 'client'},
    });
  });
  test('not as long as nothing was changed, or nothing is said', () => {
    expect(said(false, '124')).toBeUndefined();
    expect(said(true, '')).toBeUndefined();
  });
});

describe('the learner’s own port', () => {
  const local = {local: {port: 3306}};
  const exec = {exec: {object: {kind: 'pods' as const, name: 'client'}, command: ['x']}};
  test('nobody listens', () => {
    const closed = {type: 'port-closed', port: 3306, why: 'ECONNREFUSED'} as const;
    expect(
      diagnosisOf({
        milestones: [{id: 'm', probe: {look: local, matches: 'MariaDB'}}],
        script: [],
        looks: new Map([['m', {status: 'unmatched', mismatches: [closed]}]]),
      }),
    ).toMatchObject({code: 'nothing-listens', facts: {port: 3306}, proof: 'ECONNREFUSED'});
  });
  test.each([
    ['', {port: 3306, says: ''}],
    ['SSH-2.0-OpenSSH_9.6', {port: 3306, says: 'SSH-2.0-OpenSSH_9.6'}],
    ['J 11.8.6-MariaDB-0+deb13u1', undefined],
  ])('somebody else may be listening: "%s"', (greeting, facts) => {
    const found = `127.0.0.1:3306: ${greeting}\nclient: ERROR 1146 (42S02): Table 'shop.orders' doesn't exist`;
    const diagnosis = diagnosisOf({
      milestones: [{id: 'm', probe: {look: [local, exec], cel: 'false'}}],
      script: [],
      looks: new Map([
        [
          'm',
          {
            status: 'unmatched',
            mismatches: [{type: 'output', object: '127.0.0.1:3306, client', wanted: 'false', found}],
          },
        ],
      ]),
    });
    if (facts) expect(diagnosis).toEqual({code: 'other-listener', facts, verdict: 'off-track'});
    else expect(diagnosis).toMatchObject({code: 'sql-missing'});
  });
});

test('of several that answer the same is named, whoever answered first', () => {
  const missing = "ERROR 1049 (42000): Unknown database 'shop'";
  const said = (object: string) => ({type: 'output' as const, object, wanted: 'x', found: missing});
  const milestones: MilestoneInput[] = [
    {id: 'm', probe: {look: {exec: {object: {kind: 'pods'}, command: ['mariadb']}}, matches: 'x'}},
  ];
  const named = [
    ['db-0', 'db-1'],
    ['db-1', 'db-0'],
  ].map(order => {
    const looks = new Map([['m', {status: 'unmatched' as const, mismatches: order.map(said)}]]);
    const script: Script = [[1, put(pod('db-0')), put(pod('db-1'))]];
    return diagnosisOf({milestones, looks, script})?.object?.name;
  });
  expect(named).toEqual(['db-0', 'db-0']);
});
