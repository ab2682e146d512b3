import stringWidth from 'string-width';
import type {PathReport, Report} from '../../commands/view.ts';
import type {ExpectedError} from '../../errors.ts';
import type {Language} from '../../lab/lab.ts';
import {type Messages, sayError} from '../messages/messages.ts';
import type {Style} from '../style.ts';
import {wrap} from '../wrap.ts';
import {sayUndo} from './task.ts';

export interface ReportContext {
  messages: Messages;
  style: Style;
  language: Language;
  /** Columns that sentences may take. */
  width: number;
}

/** What a command reports, in lines for a person. */
export function reportLines(report: Report, context: ReportContext): string[] {
  const {messages, style, language, width} = context;
  const {words} = messages;
  switch (report.type) {
    case 'listed-lab': {
      const {lab, reached, total, after} = report;
      const progress =
        reached === total ? style.good(words.menu.done) : reached > 0 ? words.menu.of(reached, total) : '';
      const known =
        reached === 0 && after.length > 0
          ? words.path.after(after.map(({id}) => id).join(words.path.comma))
          : '';
      return [
        [
          style.code(padded(lab.id, 24)),
          lab.texts[language].title,
          style.dim(words.menu.minutes(lab.minutes)),
          progress,
          style.dim(known),
        ]
          .filter(Boolean)
          .join('  '),
      ];
    }
    case 'path':
      return pathLines(report, context);
    case 'lab-done':
      return pathLines(report.path, context);
    case 'lab-chosen':
      return wrap(words.path.chosen[report.because](report.lab.texts[language].title, report.lab.id), width);
    case 'lab-presupposes':
      return wrap(
        words.path.presupposes(
          report.lab.texts[language].title,
          new Intl.ListFormat(language).format(
            report.after.map(({texts}) => words.quoted(texts[language].title)),
          ),
        ),
        width,
      );
    case 'status': {
      const {lab, step, reached, skipped, total, provider, cluster} = report;
      if (!lab) return [words.status.noLab];
      const text = lab.texts[language];
      return [
        `${words.status.lab}: ${text.title} (${lab.id})`,
        ...(cluster ? [`${words.status.place}: ${cluster} (${provider})`] : []),
        ...lab.steps.map(({id}) => {
          const mark = reached.includes(id)
            ? style.good('✓')
            : skipped.includes(id)
              ? style.dim('–')
              : id === step
                ? style.warn('▸')
                : ' ';
          return `  ${mark} ${text.steps[id]?.title ?? id}`;
        }),
        step === undefined ? words.status.through : words.end(reached.length, skipped.length, total),
      ];
    }
    case 'cluster': {
      const {cluster} = report;
      const state = cluster.running ? words.clusters.running : words.clusters.stopped;
      const owner = cluster.ours ? words.clusters.ours : words.clusters.foreign;
      return [
        [
          style.code(padded(cluster.name, 24)),
          cluster.provider,
          state,
          owner,
          ...(cluster.speed === undefined || cluster.speed === 1
            ? []
            : [words.clusters.faster(cluster.speed)]),
          cluster.nodes.map(({name}) => name).join(' '),
        ]
          .join('  ')
          .trimEnd(),
      ];
    }
    case 'provider-chosen': {
      const {provider, because, without} = report;
      if (without.length === 0) return wrap(words.providers[because](provider), width);
      const reasons = without.map(one => whyWithout(one, messages));
      return wrap(words.providers.instead(provider, new Intl.ListFormat(language).format(reasons)), width);
    }
    case 'simulated':
      return [
        words.providers.simulated,
        ...(report.speed === 1 ? [] : [words.providers.faster(report.speed)]),
      ].flatMap(sentence => wrap(sentence, width));
    case 'no-clusters':
      return [words.clusters.none];
    case 'cluster-up':
      return [words.clusters.up(report.cluster, report.kubeconfig)];
    case 'cluster-down':
      return [words.clusters.down(report.cluster)];
    case 'node':
      return [
        `${style.code(padded(report.node.name, 32))}  ${report.node.role}  ${report.node.running ? words.clusters.running : words.clusters.stopped}`,
      ];
    case 'output':
    case 'env':
      return [report.text.trimEnd()];
    case 'lab-sound':
      return [words.labSound(report.lab.id)];
    case 'no-hints':
      return [words.noHints];
    case 'restore-unseen':
      return wrap(words.restore.unseen[report.what], width);
    case 'restore-refused': {
      const {what} = sayError(report.error, messages);
      return wrap(words.restore.refused(sayUndo(report.undo, words.undo), what), width);
    }
    case 'reset-done':
      return [words.resetDone];
  }
}

/** How far the learner is on the path, and what comes next. */
export function pathLines({done, total, next, minutes = 0}: PathReport, context: ReportContext) {
  const {messages, language, width} = context;
  const {path} = messages.words;
  return [
    path.done(done, total),
    ...(minutes > 0 ? [path.left(minutes)] : []),
    next ? path.next(next.texts[language].title, next.id) : path.through,
  ].flatMap(sentence => wrap(sentence, width));
}

/** Why a provider is passed over: what it says itself, as part of a sentence. */
function whyWithout(
  {provider, error}: Extract<Report, {type: 'provider-chosen'}>['without'][number],
  messages: Messages,
): string {
  const {lacks, refuses} = messages.words.providers;
  if (error.code === 'program-missing')
    return lacks(provider, (error as ExpectedError<'program-missing'>).facts.program);
  return refuses(provider, sayError(error, messages).what.replace(/[.?。]$/, ''));
}

const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - stringWidth(text)));
