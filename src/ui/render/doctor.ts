import stringWidth from 'string-width';
import type {Place} from '../../preflight/facts.ts';
import {type CheckGroup, checkGroups, type Finding, type FindingState} from '../../preflight/finding.ts';
import {groupOf, summaryOf} from '../../preflight/summary.ts';
import {type Messages, sayFinding} from '../messages/messages.ts';
import type {Style} from '../style.ts';
import {wrap} from '../wrap.ts';

interface Context {
  messages: Messages;
  style: Style;
  /** Columns that sentences may take. */
  width: number;
}

interface Examined {
  place: Place;
  /** How many were asked about: what matters for so many matters for all. */
  labs: number;
  findings: readonly Finding[];
}

/** All findings by what they are about, and last how it stands and what to begin with. */
export function doctorLines({place, labs, findings}: Examined, context: Context): string[] {
  const {messages, style} = context;
  const {title, checks, groups} = messages.doctor;
  const indent = Math.max(...findings.map(({check}) => stringWidth(checks[check]))) + 6;
  const listed = (its: readonly Finding[]) =>
    its.flatMap((one, index) => {
      const label = its[index - 1]?.check === one.check ? '' : checks[one.check];
      return findingLines(one, {...context, label, margin: '  ', indent, labs});
    });
  const grouped = (Object.keys(checkGroups) as CheckGroup[]).flatMap(group => {
    const its = findings.filter(({check}) => groupOf(check) === group);
    return its.length === 0 ? [] : [style.bold(groups[group]), ...listed(its), ''];
  });
  return [style.title(title(place.provider, place.cluster)), '', ...grouped, ...verdict(findings, context)];
}

/** Those of a start, which have no list to stand in. */
export const preflightLines = (findings: readonly Finding[], context: Context): string[] =>
  findings.flatMap(one => {
    const label = context.messages.doctor.checks[one.check];
    return findingLines(one, {...context, label, margin: '', indent: stringWidth(label) + 4, labs: 0});
  });

const marks = {ok: '✓', warn: '!', stop: '✗'} as const satisfies Record<FindingState, string>;

interface Layout extends Context {
  /** What was looked at; empty when it was said above. */
  label: string;
  /** What stands before the mark. */
  margin: string;
  /** The column in which the sentences begin. */
  indent: number;
  labs: number;
}

function findingLines(
  finding: Finding,
  {messages, style, width, label, margin, indent, labs}: Layout,
): string[] {
  const {state, mend} = finding;
  const {what, why = '', next = ''} = sayFinding(finding, messages);
  const room = width - indent;
  const paragraph = (text: string) => (text === '' ? [] : wrap(text, room));
  const lines = [
    ...paragraph(what).map(state === 'ok' ? text => text : style.bold),
    ...paragraph(why),
    ...paragraph(whatFor(finding, labs, messages)).map(style.dim),
    ...paragraph(next),
  ];
  const mark = {ok: style.good, warn: style.warn, stop: style.bad}[state](marks[state]);
  const [first = '', ...rest] = lines;
  return [
    padded(`${margin}${mark} ${style.dim(label)}`, indent) + first,
    ...rest.map(line => ' '.repeat(indent) + line),
    ...mend.map(command => commandLine(command, {style, width, indent, margin})),
  ];
}

/** Whole, to be copied: one that would not fit begins further left. */
function commandLine(
  command: string,
  {style, width, indent, margin}: Pick<Layout, 'style' | 'width' | 'indent' | 'margin'>,
): string {
  const line = `$ ${command}`;
  const fits = indent + stringWidth(line) <= width;
  return `${fits ? ' '.repeat(indent) : `${margin}  `}${style.code(line)}`;
}

function whatFor({check, state, labs}: Finding, all: number, {doctor}: Messages): string {
  if (state === 'ok' || labs.length === 0 || check === 'labs') return '';
  return doctor.labs(labs.length === all ? doctor.everyLab : labs.join(', '));
}

function verdict(findings: readonly Finding[], {messages, style, width}: Context): string[] {
  const {well, warned, stopped, fixable} = messages.doctor.verdict;
  const {counts, first: worst} = summaryOf(findings);
  if (!worst) return wrap(style.good(well), width);
  const said =
    counts.stop > 0 ? style.bad(stopped(counts.stop, counts.warn)) : style.warn(warned(counts.warn));
  const fixes = findings.filter(({fix}) => fix !== undefined).length;
  return [
    ...wrap(said, width),
    ...beginning(worst, {messages, style, width}),
    ...(fixes > 0 ? wrap(fixable(fixes), width) : []),
  ];
}

/** A command that fits into the line, or in a word what it stands above. */
function beginning(worst: Finding, {messages, style, width}: Context): string[] {
  const {first} = messages.doctor.verdict;
  const [command] = worst.mend;
  const asCommand = command === undefined ? undefined : first(style.code(command));
  if (asCommand !== undefined && stringWidth(asCommand) <= width) return [asCommand];
  const {what, next = what} = sayFinding(worst, messages);
  return wrap(first(command === undefined ? next : what), width);
}

const padded = (text: string, width: number) => text + ' '.repeat(Math.max(1, width - stringWidth(text)));
