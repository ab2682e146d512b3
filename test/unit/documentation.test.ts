import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const pages = ['', 'docs'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(file => file.endsWith('.md'))
    .map(file => join(folder, file)),
);
const japanese = pages.filter(file => file.endsWith('.ja.md'));

/** The lines of code blocks that are typed, without the comments that follow them. */
const commandsIn = (page: string): string[] =>
  [...page.matchAll(/^```\w*\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .filter(line => /^\s*[$>] /.test(line))
      .map(line => line.replace(/\s# .*$/, '').trim()),
  );

/** What stands in backquotes in the sentences: commands, options, variables, fields, paths. */
const namesIn = (page: string): string[] => [
  ...new Set(
    [...page.replace(/^```.*?^```$/gms, '').matchAll(/`([^`]+)`/g)].map(([, name = '']) =>
      name.replace(/\s+/g, ' '),
    ),
  ),
];

const headings = (page: string): number[] =>
  [...page.matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length);

/** Cells of the tables, row by row: sentences differ, but not how many there are. */
const rows = (page: string): number[] =>
  [...page.matchAll(/^\|.*\|$/gm)].map(([row]) => row.split(/(?<!\\)\|/).length);

test.each(pages)('%s: what it links to is there', file => {
  const anchors = (page: string) =>
    [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    );
  const links = [...read(file).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = '']) => link.split('#'));
  const dead = links.filter(([path = '', anchor]) => {
    const target = path === '' ? file : join(dirname(file), path);
    return (
      !existsSync(join(root, target)) || (anchor !== undefined && !anchors(read(target)).includes(anchor))
    );
  });
  expect(dead).toEqual([]);
});

describe.each(japanese)('%s and the English page', file => {
  const twin = file.replace('.ja.md', '.md');
  const [ja, en] = [read(file), read(twin)];
  test('link to each other', () => {
    expect(ja.split('\n')[0]).toBe(`[English](${basename(twin)})`);
    expect(en.split('\n')[0]).toBe(`[日本語](${basename(file)})`);
  });
  test('have the same commands, headings and tables', () => {
    expect(commandsIn(ja)).toEqual(commandsIn(en));
    expect(headings(ja)).toEqual(headings(en));
    expect(rows(ja)).toEqual(rows(en));
  });
  test('speak of the same commands, options and variables', () => {
    expect(namesIn(ja).sort()).toEqual(namesIn(en).sort());
  });
  test('link to the same, in Japanese where it is there', () => {
    const links = (page: string) =>
      [...page.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(([, link = '']) => link);
    const inJapanese = (link: string) => {
      const other = link.replace(/\.md$/, '.ja.md');
      return existsSync(join(root, dirname(file), other)) ? other : link;
    };
    expect(links(ja).slice(1).sort()).toEqual(links(en).slice(1).map(inJapanese).sort());
  });
});

test.each(['README.md', 'README.ja.md'])('%s: its labs are those there are, with their minutes', file => {
  const told = [...read(file).matchAll(/^\| `([a-z-]+)` \|.*\| (\d+) ?(?:min|分) \|$/gm)].map(
    ([, id, minutes]) => [id, Number(minutes)],
  );
  const labs = readdirSync(join(root, 'labs'), {withFileTypes: true})
    .filter(entry => entry.isDirectory())
    .map(({name}) => [name, parse(read(`labs/${name}/lab.yaml`)).minutes]);
  expect(told.sort()).toEqual(labs.sort());
});

test('commands are found, and what is a comment in them', () => {
  expect(japanese).toContain('README.ja.md');
  expect(commandsIn('```console\n$ a --b   # c\nsaid\n  $ sudo d\n> e | f\n```\n$ no\n')).toEqual([
    '$ a --b',
    '$ sudo d',
    '> e | f',
  ]);
});
