import {expect, test} from 'vitest';
import {parseText} from '../../../src/lab/text.ts';

const problemsOf = (source: string) =>
  parseText('ja.md', source).problems.map(({line, path, message}) => `${line} ${path}: ${message}`);

test('every part of a step is found under its heading', () => {
  const {text, problems} = parseText(
    'en.md',
    `# The lab

About it.

### At home

A heading of the intro.

## apply: Make it

Do it.

#### A heading of the body

### hint

Vague.

### hint

Exact.

### option both-serve

Both.

### question

Which?

### milestone ready

It is ready.

### because start

It starts.

### after

Done.

## debrief: At the end

All of it.

### More

To read.
`,
  );
  expect(problems).toEqual([]);
  expect(text).toEqual({
    title: 'The lab',
    intro: 'About it.\n\n### At home\n\nA heading of the intro.',
    steps: {
      apply: {
        title: 'Make it',
        body: 'Do it.\n\n#### A heading of the body',
        hints: ['Vague.', 'Exact.'],
        options: {'both-serve': 'Both.'},
        question: 'Which?',
        milestones: {ready: 'It is ready.'},
        because: {start: 'It starts.'},
        after: 'Done.',
      },
    },
    debrief: '## At the end\n\nAll of it.\n\n### More\n\nTo read.',
  });
});

test('Japanese headings, with half-width and full-width colons, with and without a space', () => {
  const {text, problems} = parseText(
    'ja.md',
    '# ラボ：一\n\n## a：作る：Podを\n\n## b: 待つ\n\n## c ： 消す\n\n## debrief：おわりに\n',
  );
  expect(problems).toEqual([]);
  expect(text.title).toBe('ラボ：一');
  expect(Object.entries(text.steps).map(([id, {title}]) => [id, title])).toEqual([
    ['a', '作る：Podを'],
    ['b', '待つ'],
    ['c', '消す'],
  ]);
  expect(text.debrief).toBe('## おわりに');
});

test('a # in code, in a list or in a comment is no heading', () => {
  const body =
    '```sh\n# one\n## two: three\n```\n\n~~~\n### hint\n~~~\n\n    ## four: five\n\n- item\n\n  ## six: seven\n\n<!--\n## eight: nine\n-->';
  const {text, problems} = parseText('en.md', `# T\n\n## a: A\n\n${body}\n\n## b: B\n`);
  expect(problems).toEqual([]);
  expect(Object.keys(text.steps)).toEqual(['a', 'b']);
  expect(text.steps.a?.body).toBe(body);
});

test('lines are counted through code, blank lines, CRLF and a byte order mark', () => {
  const {lines, problems} = parseText(
    'en.md',
    '\uFEFF# T\r\n\r\n\r\n```\r\n#\r\n```\r\n## a: A\r\n\r\n### hint\r\nx\r\n### hint\r\ny\r\n',
  );
  expect(problems).toEqual([]);
  expect([...lines]).toEqual([
    ['a', 7],
    ['a.hints[0]', 9],
    ['a.hints[1]', 11],
  ]);
});

test('what cannot be understood is said with its line, and all of it at once', () => {
  const source = `before

## a: A
### hints
x
### hint 1
### option
x
### because
x
### option yes
x
### option yes
x
### question
### question
x
## a: again
## B: large
## c
## debrief
## d: late
`;
  const parts = 'hint, option <id>, question, after, milestone <id>, because <key>';
  expect(problemsOf(source)).toEqual([
    '1 : there is text before the title',
    '3 : the first heading must be the title, as "# Title"',
    `4 a: the heading "hints" is none of: ${parts}`,
    `6 a: the heading "hint 1" is none of: ${parts}`,
    `7 a: the heading "option" is none of: ${parts}`,
    `9 a: the heading "because" is none of: ${parts}`,
    '13 a.options.yes: "option yes" is here a second time',
    '15 a.question: nothing stands under "question"',
    '16 a.question: "question" is here a second time',
    '18 a: a is here a second time',
    '19 : the heading "B: large" is not of the form "<step>: <title>"',
    '20 : the heading "c" is not of the form "<step>: <title>"',
    '22 d: d stands after the debrief, which comes last',
  ]);
});

test('an empty file and a second title are problems', () => {
  expect(problemsOf('')).toEqual(['1 : the first heading must be the title, as "# Title"']);
  expect(problemsOf('# one\n\n# two\n')).toEqual(['3 : there is a second title, "two"']);
});
