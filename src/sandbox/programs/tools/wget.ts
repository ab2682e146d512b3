import {parseArgs} from 'node:util';
import {NetworkError} from '../../network/pod-network.ts';
import type {Program} from '../program.ts';
import {ask} from './http-client.ts';
import {reasons} from './nc.ts';

const options = {
  quiet: {type: 'boolean', short: 'q'},
  output: {type: 'string', short: 'O'},
  timeout: {type: 'string', short: 'T'},
  spider: {type: 'boolean'},
  S: {type: 'boolean', short: 'S'},
} as const;

/** busybox's wget: `wget -qO- http://web`. */
export const wget: Program = async context => {
  const {argv, stdout, stderr, container, workingDirectory} = context;
  const {values, positionals} = parseArgs({
    args: argv.slice(1),
    options,
    allowPositionals: true,
    strict: false,
  });
  const [address = ''] = positionals;
  const url = URL.parse(/^\w+:\/\//.test(address) ? address : `http://${address}`);
  if (!url) {
    stderr.write(`wget: bad address '${address}'\n`);
    return 1;
  }
  try {
    if (!values.quiet)
      stderr.write(
        `Connecting to ${url.host} (${container.network.resolve(url.hostname)[0] ?? url.hostname}:${url.port || 80})\n`,
      );
    const {status, statusText, body} = await ask(context, url, {
      method: 'GET',
      headers: {'user-agent': 'Wget'},
    });
    if (status >= 400) {
      stderr.write(`wget: server returned error: HTTP/1.1 ${status} ${statusText}\n`);
      return 1;
    }
    if (values.spider) return 0;
    const target =
      typeof values.output === 'string' ? values.output : url.pathname.split('/').at(-1) || 'index.html';
    if (target === '-') stdout.write(body);
    else await container.files.writeFile(container.files.resolvePath(workingDirectory, target), body);
    return 0;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    stderr.write(
      error.code === 'ENOTFOUND'
        ? `wget: bad address '${url.host}'\n`
        : `wget: can't connect to remote host (${url.hostname}): ${reasons[error.code]}\n`,
    );
    return 1;
  }
};
