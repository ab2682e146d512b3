import type {ErrorSentences} from '../../sentences.ts';

export const files = {
  'journal-newer': ({file, found, known}) => ({
    what: `進捗ファイル「${file}」は、より新しいstatelabで書かれています(形式バージョン${found}、対応しているのは${known}まで)。`,
    next: 'statelabを更新してください。ファイルは変更していません。',
  }),
  'journal-broken': ({file, line}) => ({
    what: `進捗ファイル「${file}」の${line}行目を読み取れません。`,
    next: 'その行を修正するか、ファイルを移動して最初から始めてください。ファイルは変更していません。',
  }),
  'journal-unwritable': ({file, detail}) => ({
    what: `進捗を「${file}」に書き込めません: ${detail}`,
    next: '空き容量を確保するか、STATELAB_HOMEを別のディスクに設定して、もう一度実行してください。これまでの進捗は保存されています。',
  }),
  'file-unwritable': ({file, detail}) => ({
    what: `「${file}」に書き込めません: ${detail}`,
    next: '空き容量を確保するか、書き込めるフォルダーをSTATELAB_HOMEに設定してから、もう一度実行してください。',
  }),
  'journal-locked': ({lab, pid}) => ({
    what: `ラボ「${lab}」は、すでに別のターミナルで実行中です(プロセス${pid})。`,
    next: 'そのターミナルで続けるか、そちらを終了してからもう一度実行してください。',
  }),
} satisfies Partial<ErrorSentences>;
