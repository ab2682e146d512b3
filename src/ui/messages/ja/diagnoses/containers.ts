import type {CrashCause} from '../../../../checks/facts/containers.ts';
import type {ContainerSentences} from '../../diagnosis-kit.ts';
import {all, called, meant} from './called.ts';

const causes: Record<CrashCause, (detail?: string) => string> = {
  'no-password': () =>
    'データベースのrootのパスワードが指定されていません。コンテナの環境変数(spec.containers[].env)で、MARIADB_ROOT_PASSWORDやMYSQL_ROOT_PASSWORDなどを指定してください。',
  'directory-not-empty': () =>
    'データベースは空のデータディレクトリでしか初期化できませんが、別のファイルが入っています。空にするか、subPathで専用のディレクトリをマウントしてください。',
  'directory-locked': () =>
    '同じデータディレクトリを別のデータベースサーバーが使用中です。同時に使えるのは1つだけです。もう一方を終了するか、別々のディレクトリを使ってください。',
  'foreign-files': () =>
    'データディレクトリのファイルは、別のバージョンまたは別のデータベースのものです。専用のディレクトリを使ってください。',
  'unknown-option': detail =>
    `オプション「${detail ?? ''}」は使えません(spec.containers[].argsまたはcommand)。`,
  'program-missing': detail =>
    detail ? `イメージにプログラム「${detail}」がありません。` : 'イメージにそのプログラムがありません。',
  permission: () =>
    'ファイルまたはディレクトリを読み書きする権限がありません。マウントしたものの所有者を確認してください。',
  'read-only': () =>
    'マウントしたものに書き込めません。volumeMountsからreadOnlyを外してください(spec.containers[].volumeMounts[].readOnly)。',
  'disk-full': () => 'ボリュームに空き容量がありません。',
  'port-taken': () => 'ポートを別のプログラムが使用中です。',
  'access-denied': detail =>
    `データベースサーバーが、ユーザー「${detail ?? ''}」の接続を拒否しました。サーバーを最初に起動したときのパスワードと同じですか？`,
  'no-server': detail =>
    `データベースサーバー${detail ? `「${detail}」` : ''}に接続できませんでした。ホスト名は正しいですか？ サーバーは動いていますか？`,
  'out-of-memory': () =>
    'メモリの上限(spec.containers[].resources.limits.memory)を超えたため、強制終了されました。',
};

export const containers: ContainerSentences = {
  'image-not-pulled': ({object, facts}) =>
    `${called(object)}は、コンテナ「${facts.container}」のイメージ「${facts.image}」をノードが取得できないため待機しています(${facts.reason})。spec.containers[].imageは正しいですか？`,
  'container-config': ({object, facts: {container, missing, program}}) => {
    const what = `${called(object)}のコンテナ「${container}」を作成できません。`;
    if (missing?.key)
      return `${what}環境変数(env)が参照する${missing.kind}「${missing.name}」に、キー「${missing.key}」がありません。${missing.has ? `あるキーは${all(missing.has)}です。` : ''}${meant(missing.nearest)}`;
    if (missing)
      return `${what}環境変数(env)が参照する${missing.kind}「${missing.name}」がこの名前空間にありません。${meant(missing.nearest)}`;
    return program
      ? `${called(object)}のコンテナ「${container}」を起動できません。イメージにプログラム「${program}」がありません(spec.containers[].command)。`
      : what;
  },
  'crash-loop': ({object, facts}) =>
    `${called(object)}のコンテナ「${facts.container}」が終了コード${facts.exitCode}(statusのterminated.exitCode)で終了し${facts.restarts > 0 ? `、${facts.restarts}回再起動され` : ''}ました。${facts.cause ? causes[facts.cause](facts.detail) : ''}`,
  'container-ends': ({object, facts}) =>
    `${called(object)}のコンテナ「${facts.container}」は、プログラムがエラーなしで終わるたびに再起動されています(${facts.restarts}回)。動かし続けるには、sleep infinityのように終わらないコマンドを指定してください(spec.containers[].command)。`,
  'probe-failing': ({object, facts: {container, probe}}) =>
    probe === 'readiness'
      ? `${called(object)}は動いていますが、コンテナ「${container}」のreadinessProbeが失敗しているためReadyになりません。プローブのポート、パス、コマンド、パスワードは正しいですか？`
      : `${called(object)}のコンテナ「${container}」は、${probe}Probeが失敗するたびにkubeletに終了され、再起動されています。プローブの内容と、起動を待つ時間は適切ですか？`,
  'read-only-mount': ({object, facts}) =>
    `${called(object)}のコンテナ「${facts.container}」は${facts.mountPath}を読み取り専用でマウントしているため(spec.containers[].volumeMounts[].readOnly)、書き込めません。Podを削除し、readOnlyを指定せずに作り直してください。`,
  'pod-evicted': ({object}) =>
    `${called(object)}は、上限を超えて使ったためノードから退避させられました(status.reasonがEvicted)。このPodは元に戻りません。削除し、上限を上げるか書き込む量を減らして、作り直してください。`,
  'pod-ended': ({object, facts}) =>
    `${called(object)}は終了しており(status.phaseが${facts.failed ? 'Failed' : 'Succeeded'}${facts.exitCode === undefined ? '' : `、終了コード${facts.exitCode}`})、再起動されません。削除して、終わらないコマンドで作り直してください。`,
};
