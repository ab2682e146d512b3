import type {Program, RunningContainer} from '../program.ts';

/** What this host is called; with -f in full and -d only the domain, both as /etc/hosts has them. */
export const hostname: Program = async ({stdout, container, argv}) => {
  const said = await answerTo(argv[1], container);
  if (said !== '') stdout.write(`${said}\n`);
  return 0;
};

async function answerTo(option: string | undefined, container: RunningContainer): Promise<string> {
  if (option === '-i') return container.network.ip;
  if (option === '-I') return `${container.network.ip} `;
  if (option !== '-f' && option !== '-d') return container.hostname;
  const full = await fullName(container);
  return option === '-f' ? full : full.slice(container.hostname.length + 1);
}

/** The first name of the line that has this host's. */
async function fullName({files, hostname: own}: RunningContainer): Promise<string> {
  const lines = (await files.readFile('/etc/hosts')).split('\n').map(line => line.trim().split(/\s+/));
  return lines.find(([, ...names]) => names.includes(own))?.[1] ?? own;
}
