import {progressOf} from '../engine/progress.ts';
import {ExpectedError, exitCodes} from '../errors.ts';
import {singleQuoted} from '../shell-word.ts';
import type {App} from './app.ts';
import {currentLab} from './current-lab.ts';
import {findCluster} from './find-cluster.ts';
import {labEnvironment} from './lab-environment.ts';

export const shells = ['sh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/** Prints what makes another terminal work with the current lab: its kubeconfig, and the folder of its manifests. */
export async function printEnv(app: App, wanted: Shell | undefined): Promise<number> {
  const lab = currentLab(app);
  const last = progressOf(lab, app.journals.read(lab.id)).place;
  if (!last) throw new ExpectedError('no-lab-open', {}, {exitCode: exitCodes.usage});
  const cluster = await findCluster(app, {lab, create: false, last});
  await cluster.close();
  const directory = app.work.directory(lab.id);
  const variables = labEnvironment(app, lab.id, cluster.kubeconfig);
  const ours = [app.commands.fetchedKubectl(), app.outside.ownDirectory].filter(one => one !== undefined);
  const shell = wanted ?? shellOf(app.outside);
  app.view.report({
    type: 'env',
    variables,
    text: [
      ...Object.entries(variables).map(exportIn[shell]),
      ...ours.map(alsoLookIn[shell]),
      goTo[shell](directory),
    ].join('\n'),
  });
  return exitCodes.reached;
}

/** The shell that asks, as far as the environment tells. */
function shellOf({env, platform}: App['outside']): Shell {
  if (env.SHELL?.endsWith('/fish')) return 'fish';
  return platform === 'win32' && env.SHELL === undefined ? 'powershell' : 'sh';
}

const fishQuoted = (text: string) => `'${text.replace(/[\\']/g, found => `\\${found}`)}'`;
const powershellQuoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

const exportIn: Record<Shell, (entry: [string, string]) => string> = {
  sh: ([name, value]) => `export ${name}=${singleQuoted(value)}`,
  fish: ([name, value]) => `set -gx ${name} ${fishQuoted(value)}`,
  powershell: ([name, value]) => `$env:${name} = ${powershellQuoted(value)}`,
};

/** Puts a directory at the end of PATH. */
const alsoLookIn: Record<Shell, (directory: string) => string> = {
  sh: directory => `export PATH="$PATH":${singleQuoted(directory)}`,
  fish: directory => `set -gx PATH $PATH ${fishQuoted(directory)}`,
  powershell: directory => `$env:PATH += [IO.Path]::PathSeparator + ${powershellQuoted(directory)}`,
};

const goTo: Record<Shell, (directory: string) => string> = {
  sh: directory => `cd ${singleQuoted(directory)}`,
  fish: directory => `cd ${fishQuoted(directory)}`,
  powershell: directory => `Set-Location ${powershellQuoted(directory)}`,
};
