import type {Volume} from '../../volume-matching.ts';
import type {ControlContext} from '../controller.ts';
import {setVolumePhase} from './phases.ts';
import {binderSource} from './source.ts';

/**
 * What the controller itself does to delete a volume that nobody claims any more: a hostPath below /tmp is removed
 * from the server, on which it runs; any other kind is not its to delete. One that a provisioner made is left to that.
 */
export async function deleteVolume(context: ControlContext, volume: Volume): Promise<void> {
  const {metadata, spec} = volume;
  if (metadata.annotations?.['pv.kubernetes.io/provisioned-by'] !== undefined) return;
  if (!spec?.hostPath) {
    const why = `error getting deleter volume plugin for volume "${metadata.name}": no volume plugin matched`;
    fail(context, volume, why);
    return;
  }
  const {path} = spec.hostPath;
  if (!/^\/tmp\/.+/.test(path)) {
    fail(context, volume, `host_path deleter only supports /tmp/.+ but received provided ${path}`);
    return;
  }
  const server = context.machines.list().find(({role}) => role === 'server');
  await server?.files.remove(path);
  if (isThere(context, volume)) context.registry.delete('persistentvolumes', undefined, metadata.name);
}

function fail(context: ControlContext, volume: Volume, why: string): void {
  setVolumePhase(context, volume, 'Failed', why);
  context.recorder.event(volume, 'Warning', 'VolumeFailedDelete', why, binderSource);
}

const isThere = ({registry}: ControlContext, {metadata}: Volume) =>
  registry.get('persistentvolumes', undefined, metadata.name)?.metadata.uid === metadata.uid;
