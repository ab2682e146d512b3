import {PassThrough} from 'node:stream';
import {setImmediate} from 'node:timers/promises';
import type {Container, PodSpec} from 'kubernetes-types/core/v1.d.ts';
import {onTestFinished} from 'vitest';
import {createRecorder} from '../../../../src/sandbox/events/record.ts';
import type {LogRequest} from '../../../../src/sandbox/kubelet/kubelets.ts';
import {startKubelets} from '../../../../src/sandbox/kubelet/start-kubelets.ts';
import {createNetwork} from '../../../../src/sandbox/network/network.ts';
import type {NodeMachine} from '../../../../src/sandbox/node/machine.ts';
import {openMachines} from '../../../../src/sandbox/node/open-machines.ts';
import type {Of} from '../../../../src/sandbox/objects.ts';
import {openRegistry} from '../../../../src/sandbox/registry/open.ts';
import {resourceTypes} from '../../../../src/sandbox/schema/resources.ts';
import {strategies} from '../../../../src/sandbox/schema/strategies/index.ts';
import {manualClock} from '../manual-clock.ts';
import {temporaryDirectory} from '../temporary-directory.ts';
import {findTestImage} from './test-images.ts';

type SomeContainer = Partial<Container> & {restartPolicy?: string};

/** One node with its kubelet, the registry as the API keeps it, and a clock that only moves when a test waits. */
export async function openNode({speed = 1} = {}) {
  const directory = temporaryDirectory();
  const clock = manualClock(undefined, speed);
  const registry = openRegistry({directory: ':memory:', types: resourceTypes, strategies, clock});
  const machines = await openMachines(directory, [{name: 'agent-0', role: 'agent', ip: '172.18.0.3'}]);
  const machine = machines.get('agent-0') as NodeMachine;
  const bugs: unknown[] = [];
  const report = (error: unknown) => void bugs.push(error);
  for (const name of ['default', 'lab']) registry.create('namespaces', {metadata: {name}});
  registry.create('serviceaccounts', {metadata: {namespace: 'lab', name: 'default'}});
  registry.create('configmaps', {
    metadata: {namespace: 'lab', name: 'kube-root-ca.crt'},
    data: {'ca.crt': 'CA'},
  });
  registry.create('nodes', {metadata: {name: 'agent-0'}, spec: {podCIDR: '10.42.1.0/24'}});

  const network = createNetwork(registry, machines, clock);
  const recorder = createRecorder(registry, clock);
  let ended = new AbortController();
  const start = () => {
    ended = new AbortController();
    return startKubelets({
      registry,
      machines,
      clock,
      recorder,
      network,
      images: findTestImage,
      signal: ended.signal,
      report,
    });
  };
  let kubelets = await start();
  onTestFinished(async () => {
    await machine.stop();
    ended.abort();
    await registry.close();
    if (bugs.length > 0) throw new AggregateError(bugs, 'the kubelet has a bug');
  });

  const pod = (name: string) => registry.get('pods', 'lab', name);
  const status = (name: string) => pod(name)?.status;
  const containers = (name: string) => [
    ...(status(name)?.initContainerStatuses ?? []),
    ...(status(name)?.containerStatuses ?? []),
  ];
  /** Lets time pass until something holds: at most so many simulated milliseconds. */
  async function until(holds: () => unknown, atMost = 60_000, step = 100): Promise<void> {
    for (let passed = 0; !holds(); passed += step) {
      if (passed > atMost) throw new Error(`still not so: ${holds}`);
      await clock.advance(step);
      await settle();
    }
  }
  /** Real files take real time: waits until none is under way and nothing was written to the registry for some turns. */
  async function settle() {
    for (let quiet = 0, version = registry.version; quiet < 10; quiet++) {
      await setImmediate();
      if (version !== registry.version || filesUnderWay()) quiet = 0;
      version = registry.version;
    }
  }
  async function pass(milliseconds: number, step = 500) {
    for (let passed = 0; passed < milliseconds; passed += step) {
      await clock.advance(Math.min(step, milliseconds - passed));
      await settle();
    }
  }
  async function log(name: string, some: Partial<LogRequest> = {}): Promise<string> {
    const request = {namespace: 'lab', pod: name, previous: false, follow: false, timestamps: false};
    let text = '';
    for await (const chunk of await kubelets.log({...request, signal: new AbortController().signal, ...some}))
      text += chunk.toString();
    return text;
  }
  async function exec(name: string, command: readonly string[], container?: string) {
    const stdout = new PassThrough();
    let output = '';
    stdout.on('data', chunk => {
      output += chunk;
    });
    const signal = new AbortController().signal;
    const {code} = await kubelets.exec({
      namespace: 'lab',
      pod: name,
      command,
      stdout,
      signal,
      ...(container && {container}),
    });
    await settle();
    return {code, output};
  }
  return {
    directory: `${directory}/nodes/agent-0`,
    clock,
    registry,
    machine,
    pod,
    status,
    containers,
    until,
    pass,
    log,
    exec,
    get kubelets() {
      return kubelets;
    },
    /** Starts the process again, so to say: what was in memory is gone. */
    async restart() {
      ended.abort();
      await settle();
      kubelets = await start();
    },
    create(
      name: string,
      main: SomeContainer,
      spec: Partial<PodSpec> = {},
      metadata: object = {},
    ): Of<'pods'> {
      return registry.create('pods', {
        metadata: {namespace: 'lab', name, ...metadata},
        spec: {
          nodeName: 'agent-0',
          terminationGracePeriodSeconds: 2,
          automountServiceAccountToken: false,
          ...spec,
          containers: [{name: 'c', image: 'tool:1', ...main}],
        },
      });
    },
    remove: (name: string, gracePeriodSeconds?: number) =>
      registry.delete('pods', 'lab', name, gracePeriodSeconds === undefined ? {} : {gracePeriodSeconds}),
    /** `fieldPath reason ×count: message`, oldest first. */
    events: (name: string) =>
      registry
        .list('events', 'lab')
        .filter(({involvedObject}) => involvedObject.name === name)
        .toSorted((one, other) => one.metadata.name.localeCompare(other.metadata.name))
        .map(
          ({involvedObject: {fieldPath}, reason, count, message}) =>
            `${fieldPath ? `${fieldPath} ` : ''}${reason} ×${count}: ${message}`,
        ),
  };
}

const filesUnderWay = () =>
  process.getActiveResourcesInfo().some(name => name.startsWith('FSReq') || name.startsWith('FileHandle'));
