import stringWidth from 'string-width';
import type {PathReport, Report} from '../../commands/view.ts';
import type {ExpectedError} from '../../errors.ts';
import type {Language} from '../../lab/lab.ts';
import type {Undo} from '../../world/baseline.ts';
import {type Messages, sayError} from '../messages/messages.ts';
import type {Style} from '../style.ts';
import {wrap} from '../wrap.ts';
import {doctorLines, preflightLines} from './doctor.ts';
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
      const state = cluster.unfinished
        ? words.clusters.unfinished[cluster.unfinished.doing]
        : cluster.running
          ? words.clusters.running
          : words.clusters.stopped;
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
          ...(report.current ? [words.clusters.current] : []),
          cluster.nodes.map(({name}) => name).join(' '),
        ]
          .join('  ')
          .trimEnd(),
      ];
    }
    case 'provider-chosen': {
      const {provider, because, without} = report;
      if (without.length === 0) return wrap(words.providers[because](provider), width);
      const list = new Intl.ListFormat(language);
      const reasons = byReason(without).map(group => whyWithout(group, messages, list));
      return wrap(words.providers.instead(provider, list.format(reasons)), width);
    }
    case 'simulated':
      return [
        words.providers.simulated,
        ...(report.speed === 1 ? [] : [words.providers.faster(report.speed)]),
      ].flatMap(sentence => wrap(sentence, width));
    case 'bundle':
      return wrap(words.bundle.is(report.bundle, sizeOf(report.bundle.size)), width);
    case 'bundle-saved':
      return words.bundle
        .saved(report.file, report.bundle, sizeOf(report.bundle.size))
        .flatMap(lineIn(width));
    case 'bundle-loaded':
      return words.bundle.loaded(report.bundle, report.put).flatMap(lineIn(width));
    case 'cluster-unfinished':
      return wrap(words.clusters.found[report.doing](report.cluster), width);
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
    case 'doctor':
      return doctorLines(report, context);
    case 'preflight':
      return preflightLines(report.findings, context);
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

type PassedOver = Extract<Report, {type: 'provider-chosen'}>['without'][number];

/** Those that say the same, as all do that need a Docker that is not there, are told together. */
const byReason = (without: readonly PassedOver[]): PassedOver[][] => [
  ...Map.groupBy(without, ({error}) => JSON.stringify([error.code, error.facts])).values(),
];

/** Why providers are passed over: what they say themselves, as part of a sentence. */
function whyWithout(group: readonly PassedOver[], messages: Messages, list: Intl.ListFormat): string {
  const {lacks, refuses} = messages.words.providers;
  const providers = list.format(group.map(({provider}) => provider));
  const {error} = group[0] as PassedOver;
  if (error.code === 'program-missing')
    return lacks(providers, (error as ExpectedError<'program-missing'>).facts.program);
  return refuses(providers, sayError(error, messages).what.replace(/[.?。]$/, ''));
}

const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - stringWidth(text)));

/** Commands to copy, which are indented, keep their line. */
const lineIn = (width: number) => (line: string) => (line.startsWith(' ') ? [line] : wrap(line, width));

const sizeOf = (bytes: number): string =>
  bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
