import type {Report} from '../../commands/view.ts';
import type {Language} from '../../lab/lab.ts';
import type {Messages} from '../messages/messages.ts';
import type {Style} from '../style.ts';
import {wrap} from '../wrap.ts';
import {doctorLines, preflightLines} from './doctor.ts';
import {labLines} from './lab-report.ts';
import {padded} from './padded.ts';
import {chosenLines} from './provider-report.ts';
import {restoreLines} from './restore-report.ts';

export interface ReportContext {
  messages: Messages;
  style: Style;
  language: Language;
  /** Columns that sentences may take. */
  width: number;
}

/** What a command reports, in lines for a person. */
export function reportLines(report: Report, context: ReportContext): string[] {
  const {messages, style, width} = context;
  const {words} = messages;
  switch (report.type) {
    case 'listed-lab':
    case 'path':
    case 'lab-done':
    case 'lab-chosen':
    case 'lab-presupposes':
    case 'status':
      return labLines(report, context);
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
    case 'provider-chosen':
      return chosenLines(report, context);
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
    case 'restore-refused':
    case 'restore-plan':
    case 'audit':
    case 'left-alone':
    case 'lab-busy':
    case 'nodes-left':
    case 'cluster-gone':
    case 'cluster-not-found':
    case 'nothing-left':
    case 'reset-done':
      return restoreLines(report, context);
  }
}

/** Commands to copy, which are indented, keep their line. */
const lineIn = (width: number) => (line: string) => (line.startsWith(' ') ? [line] : wrap(line, width));

const sizeOf = (bytes: number): string =>
  bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
