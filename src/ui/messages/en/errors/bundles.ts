import {shellWord} from '../../../../shell-word.ts';
import type {ErrorSentences} from '../../sentences.ts';
import {install} from '../install.ts';

export const bundles = {
  'bundle-folder': ({folder}) => ({
    what: `${folder} is a folder, and a bundle is one file.`,
    next: `Say which file in it: statelab bundle save ${shellWord(`${folder.replace(/[\\/]+$/, '')}/class.tar`)}`,
  }),
  'bundle-program': ({program, file}) => ({
    what: `${file} is a script that starts another program, so it would not work on another machine.`,
    next: `Put the folder of ${program} itself first on the PATH (${install[program === 'k3d' ? 'k3d' : 'kubectl']}) and save again.`,
  }),
  'bundle-unwritten': ({file, folder, detail}) => ({
    what: `The bundle ${file} could not be written: ${detail}. Nothing of it was left behind.`,
    next: `It needs up to 2 GB in ${folder} while it is written: make room, or choose another disk, and save again.`,
  }),
  'bundle-unreadable': ({file, detail}) => ({
    what: `The bundle ${file} cannot be read: ${detail}`,
    next: 'Check the name and the disk, and load again.',
  }),
  'bundle-unknown': ({file}) => ({
    what: `${file} is no bundle that this statelab knows.`,
    next: 'statelab bundle save <file> makes one. If a newer statelab made it, install the one that is in it first: tar -tf shows it, npm installs it.',
  }),
  'bundle-broken': ({file, how, part}) => ({
    what:
      how === 'torn'
        ? `The bundle ${file} ends too early: it was not copied to its end. Nothing of it was used.`
        : `The bundle ${file} was damaged or altered: ${part} is not what was saved. Nothing of it was used.`,
    next: 'Copy it again from where it was saved, or save it anew.',
  }),
  'bundle-architecture': ({file, bundle, machine}) => ({
    what: `The bundle ${file} is for ${bundle}, and Docker on this machine runs ${machine}.`,
    next: `Load one that was saved on a machine with ${machine}.`,
  }),
  'bundle-unloaded': ({image, detail}) => ({
    what: `Docker does not take the image ${image}: ${detail}`,
    next: 'docker system df shows whether its disk is full. What was loaded before stays; load the bundle again when it is mended.',
  }),
} satisfies Partial<ErrorSentences>;
