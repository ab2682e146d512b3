import type {Report, Task} from '../commands/view.ts';
import type {Language} from '../lab/lab.ts';
import {doctorJson, findingJson} from './json-doctor.ts';
import {messagesIn} from './messages/messages.ts';

type Line = Record<string, unknown>;

/** A report as lines of JSON, without `v` and `at`. */
export function jsonReport(report: Report, language: Language): Line[] {
  const messages = messagesIn(language);
  switch (report.type) {
    case 'listed-lab': {
      const {lab, reached, total, after} = report;
      return [
        {
          type: report.type,
          lab: lab.id,
          title: lab.texts[language].title,
          minutes: lab.minutes,
          reached,
          total,
          after: after.map(({id}) => id),
        },
      ];
    }
    case 'path': {
      const {next, ...rest} = report;
      return [next ? {...rest, next: next.id} : rest];
    }
    case 'lab-chosen':
      return [{...report, lab: report.lab.id}];
    case 'lab-presupposes':
      return [{...report, lab: report.lab.id, after: report.after.map(({id}) => id)}];
    case 'status': {
      const {lab, ...rest} = report;
      return [lab ? {...rest, lab: lab.id} : rest];
    }
    case 'cluster': {
      const {provider, name, ours, running, unfinished, speed} = report.cluster;
      return [
        {
          type: 'cluster',
          provider,
          cluster: name,
          ours,
          running,
          current: report.current,
          ...(unfinished ? {unfinished: unfinished.doing} : {}),
          ...(speed === undefined ? {} : {speed}),
          ...(report.kubeconfig ? {kubeconfig: report.kubeconfig} : {}),
        },
      ];
    }
    case 'provider-chosen': {
      const {provider, because, without} = report;
      return [
        {
          type: 'provider',
          provider,
          because,
          without: without.map(one => ({provider: one.provider, why: one.error.code})),
        },
      ];
    }
    case 'bundle':
    case 'bundle-saved':
    case 'bundle-loaded': {
      const {bundle, ...rest} = report;
      return [{...rest, ...bundle}];
    }
    case 'cluster-unfinished':
      return [report];
    case 'simulated':
      return [{type: 'simulated', speed: report.speed}];
    case 'cluster-up':
      return [{type: 'progress', task: 'cluster-up', line: report.kubeconfig, state: 'done'}];
    case 'cluster-down':
      return [{type: 'progress', task: 'cluster-down', state: 'done'}];
    case 'node': {
      const {name, role, running} = report.node;
      return [{type: 'node', node: name, role, running}];
    }
    case 'env':
      return [{type: 'env', variables: report.variables}];
    case 'lab-sound':
      return [{type: 'progress', task: 'lint', line: report.lab.id, state: 'done'}];
    case 'doctor':
      return doctorJson(report, messages);
    case 'preflight':
      return report.findings.map(finding => findingJson(finding, messages));
    case 'restore-unseen':
      return [{type: 'restore-unseen', what: report.what}];
    case 'restore-refused':
      return [{type: 'restore-refused', undo: report.undo, why: report.error.code}];
    case 'restore-plan':
      return [{...report, lab: report.lab.id}];
    case 'audit': {
      const {lab, left} = report;
      return [{...report, lab: lab.id, clean: left.length === 0}];
    }
    case 'left-alone':
      return [{...report, lab: report.lab.id}];
    case 'lab-busy':
      return [{...report, lab: report.lab.id}];
    case 'nodes-left':
      return [{...report, lab: report.lab.id}];
    case 'cluster-gone':
    case 'cluster-not-found':
      return [{...report}];
    case 'nothing-left':
      return [{type: 'progress', task: 'restore-all', state: 'done'}];
    case 'reset-done':
      return [{type: 'progress', task: 'reset', state: 'done'}];
    case 'output':
      return [{type: 'progress', task: 'output', line: report.text, state: 'line'}];
    case 'lab-done': // the event `end` has said it
    case 'no-hints':
    case 'no-clusters':
      return [];
  }
}

/** A task as lines: that it started, what it says, how it ended. */
export async function jsonTask<T>(
  task: Task,
  write: (line: Line) => void,
  run: (progress: (line: string) => void) => Promise<T>,
): Promise<T> {
  const tell = (state: string, line?: string) =>
    write({
      type: 'progress',
      task: task.code,
      state,
      ...(line === undefined ? {} : {line}),
      ...('undo' in task ? {undo: task.undo} : {}),
    });
  tell('started');
  try {
    const result = await run(line => tell('line', line));
    tell('done');
    return result;
  } catch (error) {
    tell('failed');
    throw error;
  }
}
