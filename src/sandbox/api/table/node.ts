import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf, wide} from './table.ts';
import {orNone} from './text.ts';

export const nodes: TableOf<'nodes'> = {
  columns: [
    nameColumn,
    column('Status'),
    column('Roles'),
    ageColumn,
    column('Version'),
    wide('Internal-IP'),
    wide('External-IP'),
    wide('OS-Image'),
    wide('Kernel-Version'),
    wide('Container-Runtime'),
  ],
  cells(node, now) {
    const {nodeInfo, addresses = []} = node.status ?? {};
    const address = (wanted: string) => orNone(addresses.find(({type}) => type === wanted)?.address);
    return [
      node.metadata.name,
      statusOf(node),
      orNone(roles(node.metadata.labels ?? {}).join(',')),
      age(node.metadata.creationTimestamp, now),
      nodeInfo?.kubeletVersion ?? '',
      address('InternalIP'),
      address('ExternalIP'),
      unknownWithout(nodeInfo?.osImage),
      unknownWithout(nodeInfo?.kernelVersion),
      unknownWithout(nodeInfo?.containerRuntimeVersion),
    ];
  },
};

function statusOf({spec, status}: Parameters<typeof nodes.cells>[0]): string {
  const ready = status?.conditions?.find(({type}) => type === 'Ready');
  const word = ready?.status === 'True' ? 'Ready' : 'NotReady';
  return [ready ? word : 'Unknown', ...(spec?.unschedulable ? ['SchedulingDisabled'] : [])].join(',');
}

function roles(labels: Readonly<Record<string, string>>): string[] {
  const prefix = 'node-role.kubernetes.io/';
  const named = Object.entries(labels).flatMap(([key, value]) => {
    if (key.startsWith(prefix)) return key.slice(prefix.length) || [];
    return key === 'kubernetes.io/role' && value ? value : [];
  });
  return [...new Set(named)].sort();
}

const unknownWithout = (text: string | undefined) => text || '<unknown>';
