import {expect, test} from 'vitest';
import {createArguments, pinnedImage} from '../../../../src/cluster/k3d/create.ts';

test.each([
  ['what is asked for', 'mine:1', 'theirs:1', 'mine:1'],
  ['what the environment says', undefined, 'theirs:1', 'theirs:1'],
  ['the pinned one, where a variable is set to nothing', undefined, '', pinnedImage],
  ['the pinned one', undefined, undefined, pinnedImage],
])('the node image is %s', (_what, asked, STATELAB_K3S_IMAGE, image) => {
  const args = createArguments(
    'lab',
    {agents: 1, ...(asked === undefined ? {} : {image: asked})},
    {STATELAB_K3S_IMAGE},
  );
  expect(args[args.indexOf('--image') + 1]).toBe(image);
});
