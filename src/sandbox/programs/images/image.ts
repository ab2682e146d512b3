import type {Image, Program} from '../program.ts';
import {tool} from '../shell/tool.ts';
import {toolNames} from '../shell/tool-names.ts';

/** What every Linux image sets. */
export const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Where an image's programs may be called from. */
const directories = ['', ...path.split(':').map(directory => `${directory}/`)];

/**
 * An image with its programs: its own, and the shell's commands as programs of their own. All of them are files in
 * /bin as well, where a shell looks before it runs something.
 * @param without commands of the shell that this image lacks
 */
export function withPrograms(
  image: Omit<Image, 'program' | 'programNames'>,
  own: Readonly<Record<string, Program>>,
  without: readonly string[] = [],
): Image {
  const tools = new Set(toolNames.filter(name => !without.includes(name)));
  const inBin = [...Object.keys(own), ...tools].map(name => [`/bin/${name}`, ''] as const);
  return {
    ...image,
    files: {...Object.fromEntries(inBin), ...image.files},
    programNames: Object.keys(own),
    program(called) {
      const name = called.slice(called.lastIndexOf('/') + 1);
      if (!directories.includes(called.slice(0, called.length - name.length))) return undefined;
      return Object.hasOwn(own, name) ? own[name] : tools.has(name) ? tool : undefined;
    },
  };
}
