import {z} from 'zod';
import type {Ended} from '../../kube/program.ts';

/** A line of `minikube --output=json`: a CloudEvent. Only what is looked at. */
const event = z.object({
  type: z.string(),
  data: z.object({message: z.string().optional(), exitcode: z.string().optional()}),
});
type MinikubeEvent = z.infer<typeof event>;

/** Undefined for what is no event: minikube's log goes to the same place as soon as something is wrong. */
function eventOf(line: string): MinikubeEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return event.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** Hands on the steps, but not the advice on how to use the cluster: with statelab that goes another way. */
export const tellSteps = (progress: (line: string) => void) => (line: string) => {
  const {type, data} = eventOf(line) ?? {};
  const isStep = type === 'io.k8s.sigs.minikube.step' && data?.message !== undefined;
  if (isStep && !data.message?.startsWith('Done!')) progress(data.message ?? '');
};

/**
 * Why minikube has ended. Of the errors that it tells most are none; the one that ended it has the exit code. Commands
 * without events say it in a line, before all they advise.
 */
export function reasonOf({stdout, stderr}: Pick<Ended, 'stdout' | 'stderr'>): string {
  const events = stdout.split('\n').flatMap(line => eventOf(line) ?? []);
  const fatal = events.findLast(({data}) => data.exitcode !== undefined) ?? events.findLast(isError);
  const exiting = /Exiting due to (.+)/.exec(`${stderr}\n${stdout}`)?.[1];
  return shortened(fatal?.data.message ?? exiting ?? stderr);
}

const isError = ({type}: MinikubeEvent) => type === 'io.k8s.sigs.minikube.error';

/** A message repeats all that another program has printed; its last line that says something is the reason. */
function shortened(message: string): string {
  const lines = message.split('\n').map(line => line.trim());
  const said = lines.filter(line => line !== '' && !/^(stdout|stderr):$|^Run '.*' for more/.test(line));
  const [first = ''] = said;
  const cause = said.find(line => /^(docker: )?Error response from daemon/.test(line));
  return cause ?? first;
}
