import type {DiagnosisSentences} from '../sentences.ts';
import {called} from './diagnoses/called.ts';
import {containers} from './diagnoses/containers.ts';
import {network} from './diagnoses/network.ts';
import {nodes} from './diagnoses/nodes.ts';
import {otherwise} from './diagnoses/otherwise.ts';
import {statefulSets} from './diagnoses/statefulsets.ts';
import {volumes} from './diagnoses/volumes.ts';

export const diagnoses: DiagnosisSentences = {
  ...otherwise,
  ...volumes,
  ...nodes,
  ...containers,
  ...network,
  ...statefulSets,
  'create-failed': ({object, facts}) =>
    `${called(object)} cannot make its Pods${facts.forbidden ? ': the namespace forbids Pods like these' : ''}.`,
  'object-gone': ({object}) =>
    `${called(object)} is gone (metadata.uid ${object?.uid ?? ''}), and this step needs that very one; a new one is another. "redo" sets the lab back to this step with a new one.`,
  late: ({facts}) =>
    `This has taken ${facts.seconds} seconds; usually it takes about ${facts.expected}. kubectl describe and kubectl get events may tell why.`,
  'wrong-answer': ({facts}) => `"${facts.answer}" is not what the cluster says.`,
  'nothing-to-look-at': ({facts}) =>
    ({
      log: 'There is no Pod whose log could tell: the one this needs is gone, or has not been restarted yet.',
      exec: 'There is no running Pod to ask.',
      files: 'The directory cannot be listed, or is empty.',
      object: 'The object that says what is right is not there, or does not say it yet.',
    })[facts.what],
  blind: () =>
    'The cluster does not answer, so nothing can be said of this step now. statelab keeps trying; you need not do anything.',
};
