import type {Problem} from '../../errors.ts';
import type {Lab} from '../lab.ts';
import {placeholdersOf} from '../variables.ts';
import {
  type At,
  inLab,
  type MilestoneAt,
  milestonesOf,
  type Rule,
  selectorsOf,
  stepsOf,
  stringsIn,
  textsOf,
} from './rule.ts';
import {allRemembered, builtIn, rememberedAt} from './scope.ts';

/** Variables of CEL expressions and of texts, and the words that CEL keeps for itself. */
const taken = new Set([
  ...builtIn,
  ...['image', 'self', 'objects', 'answers'],
  ...['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if'],
  ...['import', 'let', 'loop', 'package', 'return', 'var', 'void', 'while'],
]);

export const namesAreFree: Rule = lab =>
  milestonesOf(lab).flatMap(({path, value: {remember}}) =>
    remember !== undefined && taken.has(remember)
      ? [inLab(`${path}.remember`, `"${remember}" is a name that statelab or CEL itself uses`)]
      : [],
  );

/** $first in is, not, kept, replaced and moved. */
export const namesRememberedBefore: Rule = lab =>
  milestonesOf(lab).flatMap(milestone => {
    const known = rememberedAt(lab, milestone.step.index, milestone.index);
    return namesUsed(milestone)
      .filter(({value}) => !known.includes(value.slice(1)))
      .map(({path, value}) => inLab(path, `no earlier milestone remembers ${value.slice(1)}`));
  });

function namesUsed(milestone: MilestoneAt): At<string>[] {
  const {kept, replaced, moved} = milestone.value;
  const own = Object.entries({kept, replaced, moved}).map(([key, value]) => ({
    path: `${milestone.path}.${key}`,
    value,
  }));
  const selected = selectorsOf(milestone).flatMap(({path, value}) => [
    {path: `${path}.is`, value: value.is},
    {path: `${path}.not`, value: value.not},
  ]);
  return [...own, ...selected].flatMap(({path, value}) => (value === undefined ? [] : {path, value}));
}

/** ${name} in lab.yaml, in the manifests and in the sentences. */
export const variablesKnown: Rule = lab => [
  ...milestonesOf(lab).flatMap(({path, value, step, index}) =>
    unknownIn(lab, 'lab.yaml', stringsIn(value, path), rememberedAt(lab, step.index, index)),
  ),
  ...stepsOf(lab).flatMap(({path, value: {milestones, ...rest}, index}) =>
    unknownIn(lab, 'lab.yaml', stringsIn(rest, path), rememberedAt(lab, index)),
  ),
  ...unknownIn(lab, 'lab.yaml', stringsIn(lab.images, 'images'), []),
  ...Object.entries(lab.manifests).flatMap(([name, value]) =>
    unknownIn(lab, `manifests/${name}`, [{path: '', value}], allRemembered(lab)),
  ),
  ...unknownInTexts(lab),
];

function unknownInTexts(lab: Lab): Problem[] {
  return textsOf(lab).flatMap(([language, {title, intro, steps, debrief}]) => [
    ...unknownIn(lab, `${language}.md`, stringsIn([title, intro], '').map(atTheTop), []),
    ...lab.steps.flatMap(({id}, index) =>
      unknownIn(lab, `${language}.md`, stringsIn(steps[id], id), rememberedAt(lab, index)),
    ),
    ...unknownIn(lab, `${language}.md`, stringsIn(debrief, 'debrief'), allRemembered(lab)),
  ]);
}

const atTheTop = ({value}: At<string>): At<string> => ({path: '', value});

function unknownIn(lab: Lab, file: string, texts: At<string>[], remembered: string[]): Problem[] {
  return texts.flatMap(({path, value}) =>
    placeholdersOf(value).flatMap(name => {
      const message = whyUnknown(name, lab, remembered);
      return message === undefined ? [] : [{file, path, message: `\${${name}}: ${message}`}];
    }),
  );
}

function whyUnknown(name: string, lab: Lab, remembered: string[]): string | undefined {
  const [head = '', ...fields] = name.split('.');
  if (builtIn.includes(name)) return undefined;
  if (head === 'image')
    return Object.hasOwn(lab.images, fields.join('.')) ? undefined : 'images has no such role';
  if (!remembered.includes(head)) return 'nothing of that name is known here';
  return fields.length > 0 ? undefined : `is an object; say which field, as in \${${head}.metadata.name}`;
}
