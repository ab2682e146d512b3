import {randomUUID} from 'node:crypto';
import {statfs} from 'node:fs/promises';
import {availableParallelism, arch as hostArchitecture, release, totalmem} from 'node:os';
import type {NodeCondition, NodeStatus} from 'kubernetes-types/core/v1.d.ts';
import {kubernetesVersion} from '../../kubernetes-version.ts';
import type {NodeMachine} from '../../node/machine.ts';
import {timestamp} from '../../timestamps.ts';

/** GOARCH of the computer that the sandbox runs on. */
export const architecture = hostArchitecture() === 'x64' ? 'amd64' : hostArchitecture();

/** A node's status, but for how it is. */
export type DiscoveredNode = Omit<NodeStatus, 'conditions'>;

/** What a kubelet finds out about its node when it starts: the size is that of the computer below. */
export async function discoverNode({name, ip, files}: NodeMachine): Promise<DiscoveredNode> {
  const {blocks, bsize} = await statfs(await files.hostPath('/'));
  const disk = Math.floor((blocks * bsize) / 1024);
  const size = {
    cpu: String(availableParallelism()),
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: `${Math.floor(totalmem() / 1024)}Ki`,
    pods: '110',
  };
  return {
    addresses: [
      {type: 'InternalIP', address: ip},
      {type: 'Hostname', address: name},
    ],
    capacity: {...size, 'ephemeral-storage': `${disk}Ki`},
    allocatable: {...size, 'ephemeral-storage': `${Math.max(0, disk - keptFree)}Ki`},
    daemonEndpoints: {kubeletEndpoint: {Port: 10250}},
    nodeInfo: {
      architecture,
      bootID: randomUUID(),
      containerRuntimeVersion: 'statelab://sandbox',
      kernelVersion: release(),
      kubeProxyVersion: '',
      kubeletVersion: kubernetesVersion,
      machineID: '',
      operatingSystem: 'linux',
      osImage: 'statelab sandbox (simulated)',
      systemUUID: '',
    },
  };
}

/** What k3s' kubelet leaves of the disk for itself, in KiB. */
const keptFree = 200 * 1024;

interface Health {
  type: string;
  status: 'True' | 'False';
  reason: string;
  message: string;
  /** The event that tells of it. */
  event: string;
}

/** A simulated node is never short of anything. */
export const healthy: readonly Health[] = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
    event: 'NodeHasSufficientMemory',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
    event: 'NodeHasNoDiskPressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
    event: 'NodeHasSufficientPID',
  },
  {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
    event: 'NodeReady',
  },
];

/** The conditions of a healthy node, as its kubelet posts them now. @param now milliseconds since the epoch */
export function healthyConditions(before: readonly NodeCondition[], now: number): NodeCondition[] {
  const lastHeartbeatTime = timestamp(now);
  return healthy.map(({type, status, reason, message}) => {
    const old = before.find(condition => condition.type === type);
    const lastTransitionTime = (old?.status === status && old.lastTransitionTime) || lastHeartbeatTime;
    return {type, status, reason, message, lastHeartbeatTime, lastTransitionTime};
  });
}
