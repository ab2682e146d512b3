import type {PathReport, Report} from '../../commands/view.ts';
import {wrap} from '../wrap.ts';
import {padded} from './padded.ts';
import type {ReportContext} from './report.ts';

type LabReport = Extract<
  Report,
  {type: 'listed-lab' | 'path' | 'lab-done' | 'lab-chosen' | 'lab-presupposes' | 'status'}
>;

/** What is said of labs: which there are, where the learner is in one, and on the path through all of them. */
export function labLines(report: LabReport, context: ReportContext): string[] {
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
