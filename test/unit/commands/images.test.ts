import {expect, test} from 'vitest';
import {bringImagesOfOthers, imagesFor} from '../../../src/commands/images.ts';
import type {Session} from '../../../src/commands/session.ts';
import {ExpectedError} from '../../../src/errors.ts';
import {getLab, labIds} from '../../../src/lab/catalog.ts';

const labs = new Map(labIds().map(id => [id, getLab(id)]));
const [first, ...rest] = [...labs.values()];

/** A session of the first lab, on a cluster that takes images as told. */
function sessionWith(take: (image: string) => void): Session {
  return {
    app: {
      outside: {signal: new AbortController().signal},
      labs: {ids: () => [...labs.keys()], get: (id: string) => labs.get(id)},
    },
    lab: first,
    place: {database: 'mysql'},
    cluster: {loadImages: async (images: readonly string[]) => images.forEach(take)},
  } as unknown as Session;
}

test('the images of all other labs come, each once, with the database that is in use', async () => {
  const taken: string[] = [];
  await bringImagesOfOthers(
    sessionWith(image => taken.push(image)),
    new AbortController().signal,
  );
  const wanted = new Set(rest.flatMap(lab => imagesFor(lab, 'mysql')));
  expect(taken.sort()).toEqual([...wanted].sort());
  expect(taken).toContain('mysql:9.7');
  expect(taken).not.toContain('mariadb:11.8');
});

test('one that cannot be had does not keep the rest away, and is not told', async () => {
  const taken: string[] = [];
  const take = (image: string) => {
    taken.push(image);
    throw new ExpectedError('image-missing', {image, detail: 'no network'});
  };
  await bringImagesOfOthers(sessionWith(take), new AbortController().signal);
  expect(taken.length).toBeGreaterThan(1);
});

test('none comes any more when the lab is left', async () => {
  const leaving = new AbortController();
  const taken: string[] = [];
  const take = (image: string) => {
    taken.push(image);
    leaving.abort();
  };
  await bringImagesOfOthers(sessionWith(take), leaving.signal);
  expect(taken).toHaveLength(1);
});
