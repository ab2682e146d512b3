import {exitCodes, isExpected} from '../errors.ts';
import {databaseIds} from '../lab/databases.ts';
import type {App} from './app.ts';
import {imagesFor} from './images.ts';

/** Writes all that a class needs without a network into one file; asks before it takes the place of another. */
export async function saveBundle(app: App, file: string): Promise<number> {
  const {
    outside: {signal},
    options: {database = databaseIds[0], k3sImage},
    view,
  } = app;
  const bundles = await app.bundles();
  if ((await bundles.exists(file)) && !(await view.confirm({code: 'replace-bundle', file})))
    return exitCodes.notReached;
  await haveKubectl(app);
  const labs = app.labs.ids().map(app.labs.get);
  const labImages = labs.flatMap(lab => imagesFor(lab, database));
  const what = {
    database,
    labImages: [...new Set(labImages)],
    ...(k3sImage === undefined ? {} : {k3sImage}),
  };
  const bundle = await view.task({code: 'save-bundle', file}, progress =>
    bundles.save(file, what, progress, signal),
  );
  view.report({type: 'bundle-saved', file, bundle});
  return exitCodes.reached;
}

/** Takes a bundle in: images into Docker, programs into statelab's own folder. */
export async function loadBundle(app: App, file: string): Promise<number> {
  const {
    outside: {signal},
    view,
  } = app;
  const bundles = await app.bundles();
  const bundle = await view.task({code: 'check-bundle', file}, progress =>
    bundles.check(file, progress, signal),
  );
  view.report({type: 'bundle', file, bundle});
  const put = await view.task({code: 'load-bundle', file}, progress => bundles.load(file, progress, signal));
  view.report({type: 'bundle-loaded', file, bundle, put});
  return exitCodes.reached;
}

async function haveKubectl({commands, view, outside: {signal}}: App): Promise<void> {
  try {
    await commands.kubectlVersion(signal);
  } catch (error) {
    if (!isExpected(error) || error.code !== 'program-missing') throw error;
    await view.task({code: 'fetch-kubectl'}, () => commands.fetchKubectl(signal));
  }
}
