/**
 * The labs in groups that take about as long to play. Each group is played on a cluster of its own, so that two can be
 * played at a time; those that take nodes away from everybody are among themselves.
 */
export const labGroups = {
  directories: ['hostpath-deployment', 'emptydir', 'hostpath-pod', 'emptydir-statefulset'],
  claims: ['static-pv', 'pvc', 'statefulset'],
  nodes: ['takeover', 'node-loss'],
} as const;

export type LabGroup = keyof typeof labGroups;
