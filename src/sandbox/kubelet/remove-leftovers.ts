import type {KubeletContext} from './kubelet-context.ts';
import {logDirectory} from './pod-volumes.ts';
import {emptyDirPath} from './volumes/empty-dir.ts';
import {podDirectory} from './volumes/volume.ts';

/**
 * Clears away what a node that was switched off still has and no Pod needs any more: the volumes and logs of Pods that
 * were deleted meanwhile, and what was in memory.
 */
export async function removeLeftovers({registry, machine: {name, files}}: KubeletContext): Promise<void> {
  const pods = registry.podsOn(name);
  const uids = new Set(pods.map(({metadata}) => metadata.uid));
  const logs = new Set(pods.map(logDirectory));
  for (const uid of await listed('/var/lib/kubelet/pods'))
    if (!uids.has(uid)) await files.remove(podDirectory(uid));
  for (const directory of await listed('/var/log/pods')) {
    const path = `/var/log/pods/${directory}`;
    if (!logs.has(path)) await files.remove(path);
  }
  for (const pod of pods)
    for (const volume of pod.spec?.volumes ?? [])
      if (volume.emptyDir?.medium === 'Memory') await files.remove(emptyDirPath(pod, volume.name));

  function listed(path: string): Promise<string[]> {
    return files.list(path).catch(() => []);
  }
}
