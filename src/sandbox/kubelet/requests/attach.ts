import type {ExitStatus} from '../../programs/program.ts';
import type {ContainerRecord} from '../containers/container-record.ts';
import type {ContainerHandle} from '../containers/start-container.ts';
import type {ExecRequest} from '../kubelets.ts';

/**
 * Connects a client with a container's main process until that ends or the client goes away.
 * @returns always 0: how the container ended is in its Pod's status
 */
export async function attachToContainer(
  {stdin, stdout, stderr, terminal, ended}: ContainerHandle,
  {spec}: ContainerRecord,
  request: Omit<ExecRequest, 'command'>,
): Promise<ExitStatus> {
  const {signal} = request;
  const detach = [stdout.attach(request.stdout)];
  if (request.stderr) detach.push(stderr.attach(request.stderr));
  if (request.tty) terminal?.follow(request.tty);
  if (stdin && request.stdin) request.stdin.pipe(stdin, {end: spec.stdinOnce ?? false});

  const gone = Promise.withResolvers<void>();
  const leave = () => gone.resolve();
  signal.addEventListener('abort', leave, {once: true});
  await Promise.race([ended, gone.promise]);
  signal.removeEventListener('abort', leave);
  if (stdin) request.stdin?.unpipe(stdin);
  for (const one of detach) one();
  return {code: 0};
}
