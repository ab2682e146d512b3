import {execFileSync, spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {emptyDirectory} from '../helpers/directory.ts';
import {learnerWith} from '../helpers/programs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packs what is built: building anew, as prepack does, would take dist/ from under the other tests. */
function pack(): {tarball: string; files: string[]} {
  const directory = emptyDirectory();
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', directory];
  const [packed] = JSON.parse(execFileSync('npm', args, {cwd: root, encoding: 'utf8'}));
  return {
    tarball: join(directory, packed.filename),
    files: packed.files.map(({path}: {path: string}) => path).sort(),
  };
}

const below = (folder: string) =>
  readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(({parentPath, name}) => join(parentPath, name).slice(root.length));

test('the package has what is needed, and nothing else', () => {
  const {files} = pack();
  const modules = below('src')
    .filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map(file => file.replace(/^src(.*)\.ts$/, 'dist$1.js'));
  expect(files).toEqual(
    expect.arrayContaining([
      ...['package.json', 'README.md', 'README.ja.md', 'LICENSE', 'CHANGELOG.md'],
      ...modules,
      // What only data is, is imported all the same.
      'dist/sandbox/schema/types.json',
      ...below('labs'),
      ...below('manifests'),
    ]),
  );
  const foreign = files.filter(
    file => !/^(package\.json|README(\.ja)?\.md|LICENSE|CHANGELOG\.md|(dist|labs|manifests)\/.+)$/.test(file),
  );
  expect(foreign).toEqual([]);
  expect(files.filter(file => /\.(map|ts|tgz|test\.js)$/.test(file))).toEqual([]);
});

test('the package runs where it is installed', async context => {
  const {tarball} = pack();
  const {home, env} = await learnerWith();
  const {HOME, PATH = ''} = process.env;
  // npm's settings and its cache are those of the machine.
  const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], {
    cwd: home,
    env: {...process.env, HOME},
    encoding: 'utf8',
  });
  if (/EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|ENOTCACHED/.test(installed.stderr))
    return context.skip('the registry of npm cannot be reached');
  expect(installed).toMatchObject({status: 0});
  const statelab = (...args: string[]) =>
    spawnSync(join(home, 'node_modules', '.bin', 'statelab'), args, {
      cwd: home,
      env: {...env, PATH},
      encoding: 'utf8',
    });
  expect(statelab('--version')).toMatchObject({
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    status: 0,
  });
  expect(statelab('labs')).toMatchObject({stdout: expect.stringContaining('hostpath-deployment'), status: 0});
  expect(statelab('lint', 'node_modules/statelab/labs/hostpath-deployment')).toMatchObject({
    stdout: 'The lab hostpath-deployment has no problems.\n',
    status: 0,
  });
  const sandbox = (command: string) => statelab('cluster', command, '--provider', 'sandbox', '--yes');
  expect(sandbox('up')).toMatchObject({stdout: expect.stringContaining('statelab is up'), status: 0});
  expect(sandbox('down')).toMatchObject({status: 0});
}, 240_000);
