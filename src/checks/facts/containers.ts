/** What the end of a container's log, or the way it ended, tells. */
export type CrashCause =
  | 'no-password'
  | 'directory-not-empty'
  | 'directory-locked'
  | 'foreign-files'
  | 'unknown-option'
  | 'program-missing'
  | 'permission'
  | 'read-only'
  | 'disk-full'
  | 'port-taken'
  | 'out-of-memory'
  | 'access-denied'
  | 'no-server';

export interface ContainerFacts {
  'image-not-pulled': {container: string; image: string; reason: string};
  'container-config': {
    container: string;
    missing?: {kind: 'Secret' | 'ConfigMap'; name: string; key?: string; nearest?: string; has?: string[]};
    /** The program that is not in the image. */
    program?: string;
  };
  'crash-loop': {container: string; exitCode: number; restarts: number; cause?: CrashCause; detail?: string};
  /** Its program came to its end without an error, and so the container is started again and again. */
  'container-ends': {container: string; restarts: number};
  'probe-failing': {container: string; probe: 'readiness' | 'liveness' | 'startup'};
  'read-only-mount': {container: string; mountPath: string};
  'pod-evicted': Record<string, never>;
  'pod-ended': {failed: boolean; exitCode?: number};
}
