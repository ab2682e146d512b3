import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {parse} from 'yaml';
import {z} from 'zod';
import {agrees, type Compared, type Comparison} from './compare.ts';

const schema = z.array(
  z.strictObject({
    session: z.string(),
    what: z.array(z.string()).describe('Command lines and objects of the session.'),
    because: z.string(),
  }),
);

export type KnownDifferences = z.infer<typeof schema>;

/** Where the sandbox is known to differ from a real cluster, with the reason of each. */
export async function loadKnownDifferences(): Promise<KnownDifferences> {
  const file = fileURLToPath(new URL('../fixtures/sessions/differences.yaml', import.meta.url));
  return schema.parse(parse(await readFile(file, 'utf8')));
}

/** What is left of a comparison when known differences are taken out. */
export function withoutKnown(comparison: Comparison, known: KnownDifferences): Comparison {
  const expected = new Set(
    known.filter(({session}) => session === comparison.session).flatMap(one => one.what),
  );
  const isNew = (one: Compared) => agrees(one) || !expected.has(one.what);
  return {
    ...comparison,
    commands: comparison.commands.filter(isNew),
    objects: comparison.objects.filter(isNew),
  };
}
