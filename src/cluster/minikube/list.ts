import {z} from 'zod';
import type {ClusterInfo, Unfinished} from '../../engine/ports.ts';
import {sharedMount} from '../../kube/node-directory.ts';
import {listUnfinished} from '../docker/unfinished.ts';
import {answerOf} from './answer.ts';
import {sharedVolume} from './delete.ts';
import type {Programs} from './programs.ts';
import {profileStatus} from './status.ts';

const profile = z.object({
  Name: z.string(),
  /** Not where the file of a profile is damaged. */
  Config: z
    .object({
      ContainerVolumeMounts: z.array(z.string()).nullish(),
      KubernetesConfig: z.object({ContainerRuntime: z.string()}),
    })
    .nullish(),
});
const profiles = z.object({invalid: z.array(profile), valid: z.array(profile)});

/** A profile as minikube keeps it, without asking its machines. */
export interface Profile {
  name: string;
  /** Made by statelab: its nodes have the volume that only statelab gives them. */
  ours: boolean;
  /** What runs the containers on its nodes: containerd, docker, cri-o. */
  runtime?: string;
  /** Its file says nothing. */
  damaged?: true;
}

export function parseProfiles(text: string): Profile[] {
  const {invalid, valid} = answerOf(profiles, 'minikube profile list', text);
  return [...valid, ...invalid].map(({Name, Config}) => ({
    name: Name,
    ours: Config?.ContainerVolumeMounts?.includes(`${sharedVolume(Name)}:${sharedMount}`) === true,
    ...(Config ? {runtime: Config.KubernetesConfig.ContainerRuntime} : {damaged: true as const}),
  }));
}

/** All of minikube's profiles, ours or not; also those of ours that were only begun. */
export async function listClusters(programs: Programs, signal: AbortSignal): Promise<ClusterInfo[]> {
  const {found, unfinished} = await look(programs, signal);
  return Promise.all(found.map(one => clusterInfo(programs, one, unfinished.get(one.name), signal)));
}

export async function findCluster(
  programs: Programs,
  name: string,
  signal: AbortSignal,
): Promise<ClusterInfo | undefined> {
  const {found, unfinished} = await look(programs, signal);
  const one = found.find(profile => profile.name === name);
  return one && clusterInfo(programs, one, unfinished.get(name), signal);
}

export const findProfile = async (
  programs: Programs,
  name: string,
  signal: AbortSignal,
): Promise<Profile | undefined> =>
  (await listProfiles(programs, signal)).find(profile => profile.name === name);

async function look(programs: Programs, signal: AbortSignal) {
  const [listed, unfinished] = await Promise.all([
    listProfiles(programs, signal),
    listUnfinished(programs, 'minikube', signal),
  ]);
  const names = new Set(listed.map(({name}) => name));
  const begun = [...unfinished.keys()].filter(name => !names.has(name));
  const found = [...listed.map(one => adopted(one, unfinished)), ...begun.map(name => ({name, ours: true}))];
  return {found, unfinished};
}

/**
 * A mark alone makes no profile ours: somebody else may have made one of that name since. But of one whose file was cut off
 * while it was written nothing else tells whose it is.
 */
const adopted = (profile: Profile, unfinished: ReadonlyMap<string, Unfinished>): Profile =>
  profile.damaged && unfinished.has(profile.name) ? {...profile, ours: true} : profile;

async function listProfiles({minikube}: Programs, signal: AbortSignal): Promise<Profile[]> {
  const {stdout} = await minikube(['profile', 'list', '--light', '--output', 'json'], {signal});
  return parseProfiles(stdout);
}

async function clusterInfo(
  programs: Programs,
  {name, ours}: Profile,
  mark: Unfinished | undefined,
  signal: AbortSignal,
): Promise<ClusterInfo> {
  const unfinished = ours ? mark : undefined;
  const none = {nodes: [], running: false};
  const {nodes, running} =
    unfinished?.doing === 'create' ? none : ((await profileStatus(programs, name, signal)) ?? none);
  return {
    provider: 'minikube',
    name,
    ours,
    running: running && !unfinished,
    ...(unfinished ? {unfinished} : {}),
    nodes,
  };
}
