import type {Report} from '../../commands/view.ts';
import type {Undo} from '../../world/baseline.ts';
import {type Messages, sayError} from '../messages/messages.ts';
import {wrap} from '../wrap.ts';
import type {ReportContext} from './report.ts';
import {sayUndo} from './task.ts';

type RestoreReport = Extract<
  Report,
  {
    type:
      | 'restore-unseen'
      | 'restore-refused'
      | 'restore-plan'
      | 'audit'
      | 'left-alone'
      | 'lab-busy'
      | 'nodes-left'
      | 'cluster-gone'
      | 'cluster-not-found'
      | 'nothing-left'
      | 'reset-done';
  }
>;

/** What is said of what a lab has left in the cluster, and of taking it back. */
export function restoreLines(report: RestoreReport, context: ReportContext): string[] {
  const {messages, style, language, width} = context;
  const {words} = messages;
  switch (report.type) {
    case 'restore-unseen':
      return wrap(words.restore.unseen[report.what], width);
    case 'restore-refused': {
      const {what} = sayError(report.error, messages);
      return wrap(words.restore.refused(sayUndo(report.undo, words.undo), what), width);
    }
    case 'restore-plan': {
      const {because, lab, steps} = report;
      const {title} = lab.texts[language];
      if (steps.length === 0) return wrap(words.restore.nothing(title), width);
      return [...wrap(words.restore.plan[because](title), width), ...undoLines(steps, context)];
    }
    case 'audit':
      return report.left.length === 0
        ? wrap(words.restore.clean(new Intl.ListFormat(language).format(audited(report, words))), width)
        : [...wrap(words.restore.left, width), ...undoLines(report.left, context)];
    case 'left-alone':
      return [
        ...wrap(words.restore.leftAlone, width),
        ...report.mend.map(command => `  ${style.code(command)}`),
      ];
    case 'lab-busy':
      return wrap(
        words.restore.busy(report.lab.texts[language].title, report.pid, report.steps.length > 0),
        width,
      );
    case 'nodes-left':
      return wrap(
        words.restore.nodesLeft(new Intl.ListFormat(language).format(report.nodes), report.lab.id),
        width,
      );
    case 'cluster-gone':
      return wrap(words.restore.clusterGone(report.cluster), width);
    case 'cluster-not-found':
      return wrap(
        words.restore.clusterNotFound(
          report.provider,
          report.cluster,
          new Intl.ListFormat(language).format(report.labs),
        ),
        width,
      );
    case 'nothing-left':
      return wrap(words.restore.nothingLeft, width);
    case 'reset-done':
      return [words.resetDone];
  }
}

const undoLines = (steps: readonly Undo[], {messages, width}: ReportContext) =>
  steps.flatMap(step =>
    wrap(sayUndo(step, messages.words.undo), width - 4).map(
      (line, at) => `${at === 0 ? '  - ' : '    '}${line}`,
    ),
  );

/** What a fresh look compared with the baseline. */
function audited(
  {scope, looked, unseen}: Extract<Report, {type: 'audit'}>,
  words: Messages['words'],
): string[] {
  const {nodes, namespace, volumes, directories} = words.restore.audited;
  return [
    ...(unseen.includes('nodes') ? [] : [nodes(looked.nodes)]),
    ...(scope === 'nodes' ? [] : [namespace]),
    ...(scope === 'nodes' || unseen.includes('persistentvolumes') ? [] : [volumes]),
    ...(looked.directories > 0 ? [directories(looked.directories)] : []),
  ];
}
