import type {DoctorWords} from '../doctor-kit.ts';
import {cluster} from './doctor/cluster.ts';
import {machine} from './doctor/machine.ts';

const things = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const doctor: DoctorWords = {
  title: (provider, cluster) => `${provider}, cluster ${cluster}`,
  groups: {machine: 'This machine', cluster: 'The cluster', labs: 'The labs'},
  checks: {
    docker: 'Docker',
    provider: 'provider',
    kubectl: 'kubectl',
    cgroup: 'cgroups',
    'image-store': 'images',
    disk: 'disk',
    memory: 'memory',
    inotify: 'inotify',
    architecture: 'processor',
    proxy: 'proxy',
    ports: 'ports',
    cluster: 'cluster',
    certificate: 'certificates',
    clock: 'clocks',
    nodes: 'nodes',
    rights: 'rights',
    'shared-mount': 'shared files',
    'storage-class': 'StorageClass',
    'pod-security': 'Pod Security',
    labs: 'labs',
  },
  findings: {...machine, ...cluster},
  everyLab: 'every lab',
  labs: labs => `Matters for ${labs}.`,
  verdict: {
    well: 'All is well. statelab run begins.',
    warned: warnings => `Labs can begin; ${things(warnings, 'thing', 'things')} may get in the way.`,
    stopped: (stops, warnings) =>
      `${things(stops, 'thing stops', 'things stop')} the labs${warnings > 0 ? `, ${warnings} more may get in the way` : ''}.`,
    first: what => `Begin with: ${what}`,
    fixable: count => `statelab doctor --fix mends ${count === 1 ? 'one of them' : `${count} of them`}.`,
  },
};
