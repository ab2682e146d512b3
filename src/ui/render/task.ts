import type {Task} from '../../commands/view.ts';
import type {Language} from '../../lab/lab.ts';
import type {Undo} from '../../world/baseline.ts';
import {kindNames} from '../../world/object.ts';
import type {Messages} from '../messages/messages.ts';

/** A task in one line. */
export function sayTask(task: Task, {words}: Messages, language: Language): string {
  const {tasks} = words;
  switch (task.code) {
    case 'fetch-kubectl':
      return tasks.fetchKubectl;
    case 'find-cluster':
      return tasks.findCluster;
    case 'create-cluster':
      return tasks.createCluster(task.name, task.agents);
    case 'start-cluster':
      return tasks.startCluster(task.name);
    case 'delete-cluster':
      return tasks.deleteCluster(task.name);
    case 'save-bundle':
    case 'check-bundle':
    case 'load-bundle':
      return tasks[task.code](task.file);
    case 'prepare':
      return tasks.prepare(task.namespace);
    case 'restore':
      return sayUndo(task.undo, words.undo);
    case 'prove-restore':
      return tasks.proveRestore;
    case 'fast-forward':
      return tasks.fastForward(task.lab.texts[language].steps[task.step]?.title ?? task.step);
  }
}

/** What is done to bring the cluster back, in one line. */
export function sayUndo(undo: Undo, words: Messages['words']['undo']): string {
  switch (undo.type) {
    case 'delete-namespace':
    case 'clear-namespace':
      return words[undo.type](undo.namespace);
    case 'release-volume':
    case 'delete-volume':
      return words[undo.type](undo.name);
    case 'remove-directory':
      return words[undo.type](undo.node, undo.path);
    case 'delete-object':
      return words[undo.type](kindNames[undo.kind], undo.name, undo.namespace);
    case 'labels':
      return words.labels(undo.node, Object.keys(undo.labels).join(', '));
    case 'annotations':
      return words.annotations(undo.node, Object.keys(undo.annotations).join(', '));
    default:
      return words[undo.type](undo.node);
  }
}
