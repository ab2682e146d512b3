import type {FindImage} from '../../../../src/sandbox/kubelet/kubelet-context.ts';
import type {Image, ProcessContext, Program} from '../../../../src/sandbox/programs/program.ts';

const write = ({stdout}: Pick<ProcessContext, 'stdout'>, text: string) =>
  new Promise<void>(done => stdout.write(text, () => done()));

const killed = ({killed: signal}: ProcessContext) =>
  new Promise<void>(done => {
    if (signal.aborted) done();
    signal.addEventListener('abort', () => done());
  });

/** What the tests run in containers. */
const programs: Record<string, Program> = {
  /** exit <code> [line]: prints a line and ends. */
  async exit(context) {
    const [, code = '0', line] = context.argv;
    if (line !== undefined) await write(context, `${line}\n`);
    return Number(code);
  },
  /** sleep [milliseconds]: for ever without. Takes no notice of SIGTERM, as any pid 1 without a handler. */
  async sleep(context) {
    const [, milliseconds] = context.argv;
    await Promise.race([
      killed(context),
      ...(milliseconds ? [new Promise<void>(done => context.clock.after(Number(milliseconds), done))] : []),
    ]);
    return 0;
  },
  /** serve: ends well on SIGTERM, listens on port 80. */
  async serve(context) {
    const stopped = new Promise<void>(done => {
      context.onSignal(signal => signal === 'SIGTERM' && done());
    });
    const close = context.container.network.listen(80, socket => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
    });
    await write(context, 'serving\n');
    await Promise.race([stopped, killed(context)]);
    close();
    return 0;
  },
  /** env: prints its variables. */
  async env(context) {
    const lines = Object.entries(context.env).map(([key, value]) => `${key}=${value}\n`);
    await write(context, lines.toSorted().join(''));
    return 0;
  },
  /** cat <path>… prints files. */
  async cat(context) {
    for (const path of context.argv.slice(1)) {
      const text = await context.container.files.readFile(path).catch((error: Error) => error.message);
      await write(context, `${text}\n`);
    }
    return 0;
  },
  /** write <path> <text>: fails with the reason. */
  async write(context) {
    const [, path = '', text = ''] = context.argv;
    try {
      await context.container.files.writeFile(path, text);
      return 0;
    } catch (error) {
      await write(context, `${(error as Error).message}\n`);
      return 1;
    }
  },
  /** healthy: ends with 0 as long as there is a file /healthy. */
  async healthy(context) {
    if (await context.container.files.exists('/healthy')) return 0;
    await write(context, 'not healthy\n');
    return 1;
  },
  /** kill <pid> <signal> */
  async kill(context) {
    const [, pid, signal = 'SIGTERM'] = context.argv;
    return context.container.processes.kill(Number(pid), signal as 'SIGTERM') ? 0 : 1;
  },
  /** echo: prints what it is told, until the end. */
  async echo(context) {
    for await (const chunk of context.stdin) await write(context, `heard ${chunk}`);
    return 0;
  },
};

const image: Image = {
  names: ['tool', 'docker.io/library/tool'],
  tags: ['1'],
  entrypoint: [],
  command: ['sleep'],
  env: {PATH: '/bin'},
  workingDirectory: '/',
  files: {'/etc/motd': 'welcome\n'},
  size: 4_000_000,
  program: name => programs[name],
  programNames: Object.keys(programs),
};

export const findTestImage: FindImage = reference =>
  reference === 'tool:1' ? image : {missing: `"${reference}" is not simulated; these are: tool:1`};
