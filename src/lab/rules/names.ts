import type {Problem} from '../../errors.ts';
import {databases} from '../databases.ts';
import type {Lab} from '../lab.ts';
import type {Selector} from '../schema.ts';
import {placeholdersOf} from '../variables.ts';
import {
  type At,
  inLab,
  type MilestoneAt,
  milestonesOf,
  outagesOf,
  type Rule,
  selectorsOf,
  stepsOf,
  stringsIn,
  textsOf,
} from './rule.ts';
import {allRemembered, builtIn, clusterVariables, needMissing, rememberedAt, type Spot} from './scope.ts';

/** Variables of CEL expressions and of texts, and the words that CEL keeps for itself. */
const taken = new Set([
  ...builtIn,
  ...clusterVariables,
  ...['image', 'db', 'outage', 'self', 'objects', 'answers', 'base64'],
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
export const namesRememberedBefore: Rule = lab => [
  ...milestonesOf(lab).flatMap(milestone =>
    unremembered(
      namesUsed(milestone),
      rememberedAt(lab, {step: milestone.step.index, milestone: milestone.index}),
    ),
  ),
  ...stepsOf(lab).flatMap(step =>
    unremembered(outagesOf(step).flatMap(namesSelected), rememberedAt(lab, {step: step.index})),
  ),
];

const unremembered = (used: At<string>[], known: string[]): Problem[] =>
  used
    .filter(({value}) => !known.includes(value.slice(1)))
    .map(({path, value}) => inLab(path, `no earlier milestone remembers ${value.slice(1)}`));

function namesUsed(milestone: MilestoneAt): At<string>[] {
  const {kept, replaced, moved} = milestone.value;
  const own = Object.entries({kept, replaced, moved}).flatMap(([key, value]) =>
    value === undefined ? [] : {path: `${milestone.path}.${key}`, value},
  );
  return [...own, ...selectorsOf(milestone).flatMap(namesSelected)];
}

const namesSelected = ({path, value: {is, not}}: At<Selector>): At<string>[] =>
  Object.entries({is, not}).flatMap(([key, value]) =>
    value === undefined ? [] : {path: `${path}.${key}`, value},
  );

/** ${name} in lab.yaml, in the manifests and in the sentences. */
export const variablesKnown: Rule = lab => [
  ...milestonesOf(lab).flatMap(({path, value, step, index}) =>
    unknownIn(lab, 'lab.yaml', stringsIn(value, path), {step: step.index, milestone: index}),
  ),
  ...stepsOf(lab).flatMap(({path, value: {milestones, ...rest}, index}) =>
    unknownIn(lab, 'lab.yaml', stringsIn(rest, path), {step: index}),
  ),
  ...unknownIn(lab, 'lab.yaml', stringsIn(lab.images, 'images'), {}),
  ...Object.entries(lab.manifests).flatMap(([name, value]) =>
    // One whose variables the cluster does not have is left out.
    unknownIn(lab, `manifests/${name}`, [{path: '', value}], {
      also: [...allRemembered(lab), ...clusterVariables],
    }),
  ),
  ...unknownInTexts(lab),
];

function unknownInTexts(lab: Lab): Problem[] {
  return textsOf(lab).flatMap(([language, {title, intro, steps, debrief}]) => [
    ...unknownIn(lab, `${language}.md`, stringsIn([title, intro], '').map(atTheTop), {}),
    ...lab.steps.flatMap(({id, outage}, step) => {
      const {after, ...text} = steps[id] ?? {};
      return [
        ...unknownIn(lab, `${language}.md`, stringsIn(text, id), {step}),
        ...unknownIn(lab, `${language}.md`, stringsIn({after}, id), {step, also: outage ? ['outage'] : []}),
      ];
    }),
    ...unknownIn(lab, `${language}.md`, stringsIn(debrief, 'debrief'), {also: allRemembered(lab)}),
  ]);
}

const atTheTop = ({value}: At<string>): At<string> => ({path: '', value});

function unknownIn(lab: Lab, file: string, texts: At<string>[], spot: Spot): Problem[] {
  const {step, also = []} = spot;
  const remembered = step === undefined ? [] : rememberedAt(lab, {...spot, step});
  return texts.flatMap(({path, value}) =>
    placeholdersOf(value).flatMap(name => {
      const message = also.includes(name) ? undefined : whyUnknown(name, lab, spot, [...remembered, ...also]);
      return message === undefined ? [] : [{file, path, message: `\${${name}}: ${message}`}];
    }),
  );
}

function whyUnknown(name: string, lab: Lab, spot: Spot, remembered: string[]): string | undefined {
  const [head = '', ...fields] = name.split('.');
  if (builtIn.includes(name)) return undefined;
  if (head === 'image') return whyNoImage(fields.join('.'), lab);
  if (head === 'db') return whyNotOfDatabase(fields.join('.'), lab);
  if (clusterVariables.includes(name)) {
    const missing = needMissing(name, lab, spot);
    return missing === undefined ? undefined : `only a cluster with ${missing} has it, so needs must say so`;
  }
  if (!remembered.includes(head)) return 'nothing of that name is known here';
  return fields.length > 0 ? undefined : `is an object; say which field, as in \${${head}.metadata.name}`;
}

function whyNoImage(role: string, {images, database}: Lab): string | undefined {
  const known = Object.hasOwn(images, role) || (database && role === databaseRole);
  return known ? undefined : 'images has no such role';
}

/** The role of the database's image, in a lab that runs one. */
const databaseRole = 'db';

function whyNotOfDatabase(property: string, {database}: Lab): string | undefined {
  if (!database) return 'only a lab with database: true has it';
  const known = Object.keys(databases.mariadb).filter(key => key !== 'image');
  return known.includes(property) ? undefined : `db has ${known.join(', ')}`;
}

/** The image of the database is not the lab's to choose. */
export const databaseHasItsImage: Rule = ({database, images}) =>
  database && Object.hasOwn(images, databaseRole)
    ? [inLab(`images.${databaseRole}`, 'database: true gives the lab its database and its image')]
    : [];
