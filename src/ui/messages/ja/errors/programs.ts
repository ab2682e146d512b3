import type {ErrorSentences} from '../../sentences.ts';
import {install} from '../install.ts';

/** What shows that a provider's own program works. */
const listing = {k3d: 'k3d cluster list', minikube: 'minikube profile list'};

export const programs = {
  'program-missing': ({program}) => ({
    what: `この操作に必要な${program}がPATHに見つかりません。`,
    next: `${program}をインストールして、もう一度実行してください(${install[program]})。`,
  }),
  'kubectl-unfetched': ({detail}) => ({
    what: `kubectlがPATHに見つからず、npmからも取得できませんでした: ${detail}`,
    next: `kubectlをインストールして、もう一度実行してください(${install.kubectl})。`,
  }),
  'kubectl-broken': ({detail}) => ({
    what: `PATHにあるkubectlを実行できません: ${detail}`,
    next: `「kubectl version --client」の出力を確認し、kubectlをインストールし直して、もう一度実行してください(${install.kubectl})。`,
  }),
  'kubectl-skew': ({client, server, minimum}) => ({
    what: `kubectl ${client}は、このクラスターのKubernetes ${server}に対して古すぎます。`,
    next: `kubectl ${minimum}以降をインストールしてください(${install.kubectl})。`,
  }),
  'docker-down': why => ({
    what:
      'seconds' in why
        ? `Dockerが${why.seconds}秒以内に応答しませんでした。`
        : `Dockerが応答しません: ${why.detail}`,
    next: 'Dockerを起動してもう一度実行するか、「statelab run --provider sandbox」で模擬クラスターを使ってください。',
  }),
  'provider-failed': ({provider, ...why}) => ({
    what:
      'seconds' in why
        ? `${provider}が${why.seconds}秒以内に応答しませんでした。`
        : `${provider}がエラーで終了しました: ${why.detail}`,
    next: `「${listing[provider]}」で原因を調べて対処するか、「--provider sandbox」で模擬クラスターを使ってください。`,
  }),
  'answer-unknown': ({command, detail}) => ({
    what: `「${command}」の応答を読み取れませんでした: ${detail}`,
    next: 'statelabがまだ対応していないバージョンかもしれません。動作を確認したバージョンはREADMEにあります。「--provider k3d」または「--provider sandbox」を指定すれば、これを使わずに進められます。',
  }),
  'image-missing': ({image, detail}) => ({
    what: `イメージ「${image}」がこのマシンになく、レジストリからも取得できません: ${detail}`,
    next: `ネットワークを確認し、「docker pull ${image}」を試してください。`,
  }),
} satisfies Partial<ErrorSentences>;
