import {shellWord} from '../../../../shell-word.ts';
import type {ErrorSentences} from '../../sentences.ts';

export const bundles = {
  'bundle-folder': ({folder}) => ({
    what: `「${folder}」はフォルダーです。バンドルは1つのファイルに書き出します。`,
    next: `フォルダーの中のファイル名を指定してください: statelab bundle save ${shellWord(`${folder.replace(/[\\/]+$/, '')}/class.tar`)}`,
  }),
  'bundle-program': ({program, file}) => ({
    what: `「${file}」は別のプログラムを呼び出すスクリプトのため、ほかのマシンでは動きません。`,
    next: `${program}本体のあるフォルダーをPATHの先頭に置いてから、もう一度保存してください。`,
  }),
  'bundle-unwritten': ({file, folder, detail}) => ({
    what: `バンドル「${file}」を書き込めませんでした: ${detail}。書きかけのものは残っていません。`,
    next: `書き込みの間、「${folder}」に最大2GBの空きが必要です。空きを増やすか別のディスクを選んで、もう一度保存してください。`,
  }),
  'bundle-unreadable': ({file, detail}) => ({
    what: `バンドル「${file}」を読み込めません: ${detail}`,
    next: 'ファイル名とディスクを確認して、もう一度実行してください。',
  }),
  'bundle-unknown': ({file}) => ({
    what: `「${file}」は、このstatelabが扱えるバンドルではありません。`,
    next: 'バンドルは「statelab bundle save <file>」で作成できます。新しいバージョンのstatelabで作成されたものなら、先にその中のstatelabをインストールしてください(「tar -tf」で確認し、npmでインストールします)。',
  }),
  'bundle-broken': ({file, how, part}) => ({
    what:
      how === 'torn'
        ? `バンドル「${file}」が途中で終わっています。最後までコピーされていません。中身は何も使っていません。`
        : `バンドル「${file}」が壊れているか、書き換えられています(「${part}」が保存時と異なります)。中身は何も使っていません。`,
    next: '保存元からもう一度コピーするか、保存し直してください。',
  }),
  'bundle-architecture': ({file, bundle, machine}) => ({
    what: `バンドル「${file}」は${bundle}用ですが、このマシンのDockerは${machine}です。`,
    next: `${machine}のマシンで保存したバンドルを使ってください。`,
  }),
  'bundle-unloaded': ({image, detail}) => ({
    what: `Dockerにイメージ「${image}」を読み込めませんでした: ${detail}`,
    next: 'ディスクの空きは「docker system df」で確認できます。それまでに読み込んだものは残っています。解決したら、もう一度バンドルを読み込んでください。',
  }),
} satisfies Partial<ErrorSentences>;
