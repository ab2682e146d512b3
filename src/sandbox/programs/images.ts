import {mariadbImage} from './database/mariadb-image.ts';
import {mysqlImage} from './database/mysql-image.ts';
import {busyboxImage} from './images/busybox.ts';
import {debianImage} from './images/debian.ts';
import {nginxImage} from './images/nginx.ts';
import {pauseImage} from './images/pause.ts';
import type {Image} from './program.ts';

/** All that are simulated. */
const images: readonly Image[] = [
  busyboxImage,
  nginxImage,
  mariadbImage,
  mysqlImage,
  debianImage,
  pauseImage,
];

/**
 * The image that a Pod asks for, or, in the words of an image pull, why there is none.
 * @param reference as users write it: nginx, nginx:1.26, docker.io/library/nginx:1.26
 */
export function findImage(reference: string): Image | {missing: string} {
  const {name, tag, digest} = parseReference(reference);
  const image = images.find(({names}) => names.includes(name));
  if (!image) return {missing: `${reference}: not simulated; the sandbox has ${simulated()}`};
  if (digest !== undefined)
    return {missing: `${reference}: images of the sandbox have no digests; use a tag`};
  if (image.tags.includes(tag)) return image;
  return {missing: `${reference}: not simulated; of ${name} the sandbox has ${image.tags.join(', ')}`};
}

const simulated = () => images.map(({names, tags}) => `${names[0]}:${tags[0]}`).join(', ');

/** Docker Hub's official images go by their name alone. */
function parseReference(reference: string): {name: string; tag: string; digest?: string} {
  const [path = '', digest] = reference.split('@', 2);
  const [, repository = path, tag = 'latest'] = /^(.+?)(?::([^:/]+))?$/.exec(path) ?? [];
  const name = repository.replace(/^(docker\.io|index\.docker\.io|registry-1\.docker\.io)\//, '');
  return {name: name.replace(/^library\//, ''), tag, ...(digest !== undefined && {digest})};
}
