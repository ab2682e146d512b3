import type {Check} from '../check.ts';
import type {CheckId} from '../finding.ts';
import {architecture} from './architecture.ts';
import {certificate} from './certificate.ts';
import {cgroup} from './cgroup.ts';
import {clock} from './clock.ts';
import {cluster} from './cluster.ts';
import {disk} from './disk.ts';
import {docker} from './docker.ts';
import {imageStore} from './image-store.ts';
import {inotify} from './inotify.ts';
import {kubectl} from './kubectl.ts';
import {labs} from './labs.ts';
import {memory} from './memory.ts';
import {nodes} from './nodes.ts';
import {podSecurity} from './pod-security.ts';
import {ports} from './ports.ts';
import {provider} from './provider.ts';
import {proxy} from './proxy.ts';
import {rights} from './rights.ts';
import {sharedMount} from './shared-mount.ts';
import {storageClass} from './storage-class.ts';

export const checks: Record<CheckId, Check> = {
  docker,
  provider,
  kubectl,
  cgroup,
  'image-store': imageStore,
  disk,
  memory,
  inotify,
  architecture,
  proxy,
  ports,
  cluster,
  certificate,
  clock,
  nodes,
  rights,
  'shared-mount': sharedMount,
  'storage-class': storageClass,
  'pod-security': podSecurity,
  labs,
};
