import {z} from 'zod';

/** What becomes of a volume of the default StorageClass when its Pod goes to another node. */
export const volumeFates = ['pinned', 'empty', 'follows'] as const;
export const bindingModes = ['Immediate', 'WaitForFirstConsumer'] as const;

export const needs = z
  .strictObject({
    workers: z.int().positive().optional().describe('So many nodes for Pods, at least.'),
    hostPath: z.literal(true).optional().describe('Pods may mount directories of their node.'),
    sharedDirectory: z.literal(true).optional().describe('All nodes share a directory: ${sharedDir}.'),
    nodeOperations: z.literal(true).optional().describe('Nodes can be stopped and started.'),
    nodeChanges: z
      .literal(true)
      .optional()
      .describe('Nodes may be cordoned, drained, tainted, labelled and deleted.'),
    persistentVolumes: z
      .literal(true)
      .optional()
      .describe('PersistentVolumes may be made by hand; they belong to the whole cluster.'),
    defaultClass: z.literal(true).optional().describe('There is a default StorageClass: ${storageClass}.'),
    storageClasses: z
      .literal(true)
      .optional()
      .describe('StorageClasses may be looked at: ${bindingMode} and ${provisioner} of the default one.'),
    bindingMode: z.enum(bindingModes).optional().describe('That of the default StorageClass.'),
    volumes: z
      .enum(volumeFates)
      .optional()
      .describe(
        'What becomes of a volume of the default StorageClass when its Pod goes to another node. pinned: the Pod cannot go, the volume has a node affinity. empty: it starts there on an empty directory. follows: its files are there.',
      ),
  })
  .describe('What the cluster must be able to do.');
export type Needs = z.infer<typeof needs>;
export const needNames = needs.keyof().options;
