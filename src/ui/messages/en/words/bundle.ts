import type {Words} from '../../sentences.ts';

export const bundle = {
  bundle: {
    is: ({statelab, made, platform, architecture, database, programs, k3sImage, images}, size) =>
      `A bundle of statelab ${statelab}, saved on ${made.slice(0, 10)} for ${platform} on ${architecture} (${size}): ${Object.entries(
        programs,
      )
        .map(pair => pair.join(' '))
        .join(', ')}, ${images.length} images (nodes: ${k3sImage}; labs: ${database}).`,
    saved: (file, bundle, size) => [
      `The bundle ${file} (${size}) holds all that a class needs beside Docker and Node.js.`,
      'On each machine of the class, without a network:',
      `  tar -xf ${file} ${bundle.package}`,
      `  npm install --global --offline ./${bundle.package}`,
      `  statelab bundle load ${file}`,
    ],
    loaded: ({images, platform}, put) => [
      `${images.length} images are in Docker. ${
        put.length > 0
          ? `statelab has these programs for where the PATH has none: ${put.join(', ')}.`
          : `The programs in the bundle are for ${platform}, so this machine needs kubectl and k3d of its own.`
      }`,
      'Now labs run without a network: statelab run.',
    ],
  },
} satisfies Partial<Words>;
