import type {NetworkFacts} from '../../../../checks/facts/network.ts';
import type {NetworkSentences} from '../../diagnosis-kit.ts';
import {all, called, meant} from './called.ts';

const source = ({env, secret, key}: NonNullable<NetworkFacts['access-denied']['from']>) =>
  `${env}${secret ? `(Secret「${secret}」のキー「${key ?? ''}」)` : ''}`;

export const network: NetworkSentences = {
  'service-without-endpoints': ({object, facts}) =>
    facts.unready
      ? `${called(object)}にエンドポイントがありません。spec.selector(${facts.selector})に一致するPod(${all(facts.unready)})がReadyではないためです。`
      : `${called(object)}にエンドポイントがありません。spec.selector(${facts.selector})に一致するReadyのPodがないためです。${facts.nearest ? `Pod「${facts.nearest.pod}」のラベルは${facts.nearest.labels}です。` : ''}`,
  'service-port': ({object, facts}) =>
    `${called(object)}は、ポート${facts.port}への通信をPodのポート${facts.target}へ送りますが(spec.ports[].targetPort)、Pod「${facts.pod}」が待ち受けているのは${all(facts.listens)}です。targetPortをこれに合わせてください。`,
  'service-not-headless': ({object, facts}) =>
    `${called(object)}にはアドレス${facts.clusterIP}があります(spec.clusterIP)。Headless ServiceではNoneになります。このフィールドは変更できないため、削除して、clusterIP: Noneを指定して作り直してください。`,
  'name-unresolved': ({object, facts: {host, because, about, nearest}}) => {
    const asked = `${object ? `${called(object)}から` : ''}「${host}」の名前解決ができません。`;
    const why = {
      'no-service': `この名前空間にService「${about}」がありません。${meant(nearest)}`,
      'not-headless': `Service「${about}」はHeadlessではありません(spec.clusterIPがNoneではありません)。Podごとの名前があるのはHeadless Serviceだけです。`,
      'other-service-name': `このPodのServiceは${nearest ? `「${nearest}」で` : '指定されておらず'}(StatefulSetのserviceName)、「${about}」ではありません。`,
      'no-pod': `Pod「${about}」がありません。`,
      unready: `Pod「${about}」がReadyではないか、Readyになったばかりです。Headless Serviceの名前で引けるのはReadyのPodだけで、DNSは「ない」という結果を数秒間覚えていることがあります。`,
    };
    return `${asked}${why[because]}`;
  },
  'access-denied': ({object, facts: {user, password, from, database, changed, client}}) => {
    if (database !== undefined)
      return `パスワードは合っていますが、ユーザー「${user}」はデータベース「${database}」を使えません${object ? `(${called(object)})` : ''}。このユーザーのデータベースの名前は正しいですか？${client ? 'このPodを削除し、正しい名前で実行し直してください。' : ''}`;
    return client
      ? `${called(object)}は終了しました。データベースがユーザー「${user}」の接続を拒否したためです。${password ? 'パスワードが違います。' : 'パスワードが指定されていません。'}${from ? `正しいパスワードは${source(from)}のものです。` : ''}このPodを削除し、正しいパスワードで実行し直してください。`
      : `データベースがユーザー「${user}」${password ? '' : '(パスワードなし)'}の接続を拒否しました。${
          from
            ? `${called(object)}のパスワードは${source(from)}で指定されていますが、読み込まれるのは空のデータディレクトリで最初に起動したときだけで、その後はディレクトリの中に残ります。${changed ? 'Secretはその後に変更されています。' : ''}このステップのパスワードと同じですか？ 違う場合は、空のディレクトリから始めるか、ALTER USERで変更してください。`
            : `データベースは、後からマニフェストを変えても、最初に起動したときのパスワードを使い続けます${object ? `(${called(object)})` : ''}。`
        }`;
  },
  'sql-missing': ({object, facts}) => {
    const where = object ? `${called(object)}のデータベースサーバーに、` : 'データベースサーバーに、';
    return {
      database: `${where}データベース「${facts.name}」がまだありません。`,
      table: `${where}テーブル「${facts.name}」がまだありません。`,
      column: `${object ? `${called(object)}の` : ''}テーブルに、列「${facts.name}」がありません。`,
    }[facts.what];
  },
  'no-connection': ({object, facts}) => {
    const host = facts.host ? `「${facts.host}」` : 'サーバー';
    return `${object ? `${called(object)}から` : ''}${host}に接続${facts.refused ? 'しましたが拒否されました。まだ待ち受けていないか、ポートが違います。' : 'できません。応答がありません。背後のPodは動いていますか？'}`;
  },
  'file-missing': ({object, facts}) =>
    `${object ? `${called(object)}に` : ''}「${facts.file}」がありません。`,
  'other-output': ({object, facts}) =>
    `${called(object)}で「${facts.command}」を実行した結果は「${facts.says}」で、このステップで求められているものと異なります。`,
  'nothing-listens': ({facts}) =>
    `このマシンのポート${facts.port}では何も待ち受けていません。kubectl port-forwardは別のターミナルで動かし続ける必要があります。Podがなくなると終了し、新しいPodには引き継がれません。`,
  'other-listener': ({facts}) =>
    facts.says === ''
      ? `このマシンのポート${facts.port}は開いていますが、応答がありません。すでにないPodへのport-forwardが残っているか、別のプログラムが使っています。それを終了し(実行中のターミナルでCtrl-C)、port-forwardをやり直してください。`
      : `このマシンのポート${facts.port}では、別のプログラムが待ち受けています(応答: 「${facts.says}」)。それを終了するか、別のローカルポートを使ってください。`,
};
