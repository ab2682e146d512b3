import type {ProcessContext} from '../../program.ts';

/** Lets simulated time pass. @returns false when the process was killed meanwhile, at once */
export function pause(
  context: Pick<ProcessContext, 'clock' | 'killed'>,
  milliseconds: number,
): Promise<boolean> {
  const {clock, killed} = context;
  if (killed.aborted) return Promise.resolve(false);
  return new Promise(resolve => {
    const end = (elapsed: boolean) => {
      cancel();
      killed.removeEventListener('abort', onKill);
      resolve(elapsed);
    };
    const onKill = () => end(false);
    const cancel = clock.after(milliseconds, () => end(true));
    killed.addEventListener('abort', onKill, {once: true});
  });
}
