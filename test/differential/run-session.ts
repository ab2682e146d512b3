import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import parseArguments from 'string-argv';
import {type ClusterAccess, sessionKubeconfig} from './cluster.ts';
import {type Ended, kubectl, type RunOptions} from './kubectl.ts';
import type {RecordedStep, Recording} from './recording.ts';
import type {Session, Step, Wait} from './session.ts';
import {type Watching, watchStates} from './watch.ts';
import {wipe} from './wipe.ts';

/** How long a step waits for what it asks for. Milliseconds. */
const patience = 240_000;

/** After what was waited for: how long nothing must change. Milliseconds. */
const rest = 400;

/** After the last step: how long nothing must change, and how long that is waited for. Milliseconds. */
const [lastRest, lastPatience] = [1500, 45_000];

/** The cluster as sessions find it. */
export interface Stage {
  access: ClusterAccess;
  /** Role by node name. */
  nodes: Record<string, string>;
  client: string;
  server: string;
}

interface Scene {
  stage: Stage;
  session: Session;
  namespace: string;
  options: RunOptions;
  variables: Map<string, string>;
}

/** Looks at a cluster once, before sessions run on it. */
export async function openStage(access: ClusterAccess): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'stage-'));
  try {
    const options = await optionsIn(directory, access, 'default');
    const ask = async (...words: string[]) => JSON.parse((await kubectl(words, options)).stdout) as unknown;
    const version = (await ask('version', '-o', 'json')) as Record<string, {gitVersion: string}>;
    const {items} = (await ask('get', 'nodes', '-o', 'json')) as {items: {metadata: {name: string}}[]};
    return {
      access,
      nodes: Object.fromEntries(items.map(({metadata: {name}}) => [name, roleOf(name)])),
      client: version.clientVersion?.gitVersion ?? '',
      server: version.serverVersion?.gitVersion ?? '',
    };
  } finally {
    await rm(directory, {recursive: true});
  }
}

/** By the way k3d and the sandbox name nodes: …-server-0, …-agent-1. */
const roleOf = (node: string): string =>
  /server-\d+$/.test(node) ? 'server' : (/agent-\d+$/.exec(node)?.[0] ?? node);

/** Runs a session in a namespace of its own and removes what it made. */
export async function runSession(session: Session, stage: Stage): Promise<Recording> {
  const directory = await mkdtemp(join(tmpdir(), `session-${session.name}-`));
  const namespace = `s-${session.name}`;
  const options = await optionsIn(directory, stage.access, namespace);
  const scene: Scene = {stage, session, namespace, options, variables: firstVariables(stage, namespace)};
  try {
    await cleanUp(scene);
    await setUp(scene);
    using watching = await watchStates(stage.access, namespace);
    const steps: RecordedStep[] = [];
    for (const step of session.steps) steps.push(await perform(step, scene, watching));
    await comeToEnd(watching);
    const {client, server, nodes} = stage;
    return {client, server, nodes, steps, objects: watching.histories()};
  } finally {
    await cleanUp(scene);
    await wipe(session.wipe ?? [], Object.keys(stage.nodes), `${namespace}-xwipe`, options);
    await rm(directory, {recursive: true, force: true});
  }
}

async function optionsIn(directory: string, access: ClusterAccess, namespace: string): Promise<RunOptions> {
  const home = join(directory, 'home');
  const work = join(directory, 'work');
  await Promise.all([mkdir(home), mkdir(work)]);
  const kubeconfig = join(home, 'config');
  await writeFile(kubeconfig, sessionKubeconfig(access, namespace), {mode: 0o600});
  return {directory: work, kubeconfig, home};
}

function firstVariables({nodes}: Stage, namespace: string): Map<string, string> {
  const named = Object.entries(nodes).map(
    ([name, role]) => [role.toUpperCase().replace('-', ''), name] as const,
  );
  return new Map([['NS', namespace], ...named]);
}

async function setUp(scene: Scene): Promise<void> {
  const {session, namespace, options} = scene;
  for (const [name, content] of Object.entries(session.files ?? {})) {
    const file = join(options.directory, name);
    await mkdir(dirname(file), {recursive: true});
    await writeFile(file, fill(content, scene));
  }
  await kubectl(['create', 'namespace', namespace], options);
  await wait({run: 'kubectl get serviceaccount/default configmap/kube-root-ca.crt'}, scene);
}

async function perform(step: Step, scene: Scene, watching: Watching): Promise<RecordedStep> {
  for (const [name, command] of Object.entries(step.set ?? {}))
    scene.variables.set(name, (await run(command, scene)).stdout.trim());
  const ended = await run(step.run, scene, step);
  // What kubectl itself has refused brings nothing about. Other codes are those of programs in containers.
  const unsettled = step.until && ended.exit !== 1 && (await settle(step.until, scene, watching));
  return {
    run: step.run,
    exit: ended.exit,
    stdout: scrub(ended.stdout, scene),
    stderr: scrub(ended.stderr, scene),
    ...(unsettled && {unsettled}),
  };
}

/** @returns what was waited for in vain */
async function settle(waits: readonly Wait[], scene: Scene, watching: Watching): Promise<string | undefined> {
  for (const one of waits) {
    const asked = typeof one === 'string' ? {run: one} : one;
    if (!(await wait(asked, scene))) return asked.run;
  }
  while (watching.quietFor() < rest) await sleep(rest - watching.quietFor() + 1);
  return undefined;
}

/** What the last step has started to delete goes before the eyes of the watches, or stays for good. */
async function comeToEnd(watching: Watching): Promise<void> {
  const giveUpAt = performance.now() + lastPatience;
  while (performance.now() < giveUpAt && !(watching.nothingLeaves() && watching.quietFor() > lastRest))
    await sleep(100);
}

async function wait(
  {run: command, shows = ''}: {run: string; shows?: string},
  scene: Scene,
): Promise<boolean> {
  const giveUpAt = performance.now() + patience;
  while (performance.now() < giveUpAt) {
    const {exit, stdout} = await run(command, scene);
    if (exit === 0 && stdout.includes(shows)) return true;
    await sleep(250);
  }
  return false;
}

async function run(command: string, scene: Scene, step?: Step): Promise<Ended> {
  const [program, ...words] = parseArguments(command).map(word => fill(word, scene));
  if (program !== 'kubectl') throw new Error(`${scene.session.name}: only kubectl is run, not ${program}`);
  return kubectl(words, {
    ...scene.options,
    stdin: step?.stdin === undefined ? undefined : fill(step.stdin, scene),
    env: step?.env,
    interruptAfter: step?.interruptAfter,
  });
}

/** Puts the session's variables in. Others, those of shells in containers, stay as they are. */
const fill = (text: string, {variables}: Scene): string =>
  text.replace(/\$([A-Z][A-Z0-9_]*)/g, (all, name: string) => variables.get(name) ?? all);

/** Takes out where this machine keeps things. */
const scrub = (text: string, {options, stage}: Scene): string =>
  text
    .replaceAll(options.directory, '$DIRECTORY')
    .replaceAll(options.home, '$HOME')
    .replaceAll(stage.access.server, 'https://SERVER')
    .replaceAll(new URL(stage.access.server).host, 'SERVER');

async function cleanUp(scene: Scene): Promise<void> {
  const {session, namespace, options} = scene;
  for (const command of session.cleanup ?? []) await run(command, scene);
  const {stdout} = await kubectl(['get', 'namespaces', '-o', 'name'], options);
  const ours = stdout
    .split('\n')
    .filter(name => name === `namespace/${namespace}` || name.startsWith(`namespace/${namespace}-x`));
  if (ours.length > 0) await kubectl(['delete', ...ours, '--timeout=120s'], options);
}
