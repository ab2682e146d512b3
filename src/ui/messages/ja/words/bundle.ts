import type {Words} from '../../sentences.ts';

export const bundle = {
  bundle: {
    is: ({statelab, made, platform, architecture, database, programs, k3sImage, images}, size) =>
      `statelab ${statelab}のバンドルです(${made.slice(0, 10)}に保存、${platform} ${architecture}用、${size})。内容: ${Object.entries(
        programs,
      )
        .map(pair => pair.join(' '))
        .join('、')}、イメージ${images.length}個(ノード: ${k3sImage}、ラボ: ${database})`,
    saved: (file, bundle, size) => [
      `バンドル「${file}」(${size})には、DockerとNode.js以外に教室で必要なものがすべて入っています。`,
      '各マシンで次のコマンドを実行してください。ネットワークは要りません。',
      `  tar -xf ${file} ${bundle.package}`,
      `  npm install --global --offline ./${bundle.package}`,
      `  statelab bundle load ${file}`,
    ],
    loaded: ({images, platform}, put) => [
      `${images.length}個のイメージをDockerに読み込みました。${
        put.length > 0
          ? `PATHにないときは、次のプログラムを使います: ${put.join('、')}`
          : `バンドルのプログラムは${platform}用のため、このマシンには別にkubectlとk3dが必要です。`
      }`,
      'ネットワークがなくても、「statelab run」でラボを始められます。',
    ],
  },
} satisfies Partial<Words>;
