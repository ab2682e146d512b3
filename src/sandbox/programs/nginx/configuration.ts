import type {IFileSystem} from 'just-bash';

/** One `server` block, as far as it is understood. */
export interface Site {
  port: number;
  root: string;
}

const directory = '/etc/nginx/conf.d';
const standard: Site = {port: 80, root: '/usr/share/nginx/html'};

/** The sites of /etc/nginx/conf.d; without any, the image's own. */
export async function readSites(files: IFileSystem): Promise<Site[]> {
  const names = await files.readdir(directory).catch(() => []);
  const texts = await Promise.all(
    names.filter(name => name.endsWith('.conf')).map(name => files.readFile(`${directory}/${name}`)),
  );
  const sites = texts.flatMap(text => text.split(/\bserver\s*\{/).slice(1)).map(toSite);
  return sites.length > 0 ? sites : [standard];
}

const toSite = (block: string): Site => ({
  port: Number(/\blisten\s+(?:\S*:)?(\d+)/.exec(block)?.[1] ?? standard.port),
  root: /\broot\s+([^\s;]+)/.exec(block)?.[1] ?? standard.root,
});
