import type {ErrorSentences} from '../../sentences.ts';
import {install} from '../install.ts';

/** What shows that a provider's own program works. */
const listing = {k3d: 'k3d cluster list', minikube: 'minikube profile list'};

export const programs = {
  'program-missing': ({program}) => ({
    what: `${program} is not on the PATH, and statelab needs it here.`,
    next: `Install it (${install[program]}) and start again.`,
  }),
  'kubectl-unfetched': ({detail}) => ({
    what: `There is no kubectl on the PATH, and npm could not fetch it: ${detail}`,
    next: `Install it (${install.kubectl}) and start again.`,
  }),
  'kubectl-broken': ({detail}) => ({
    what: `There is a kubectl on the PATH, and it does not run: ${detail}`,
    next: `See what kubectl version --client says; install it anew (${install.kubectl}) and start again.`,
  }),
  'kubectl-skew': ({client, server, minimum}) => ({
    what: `kubectl ${client} is too old for this cluster, which runs Kubernetes ${server}.`,
    next: `Install kubectl ${minimum} or newer (${install.kubectl}).`,
  }),
  'docker-down': why => ({
    what:
      'seconds' in why
        ? `Docker has not answered within ${why.seconds} s.`
        : `Docker does not answer: ${why.detail}`,
    next: 'Start Docker and try again, or do without it on a simulated cluster: statelab run --provider sandbox.',
  }),
  'provider-failed': ({provider, ...why}) => ({
    what:
      'seconds' in why
        ? `${provider} has not answered within ${why.seconds} s.`
        : `${provider} ends with an error: ${why.detail}`,
    next: `See what ${listing[provider]} says and mend that, or do without it: --provider sandbox works everywhere.`,
  }),
  'answer-unknown': ({command, detail}) => ({
    what: `${command} gave an answer that statelab cannot read: ${detail}`,
    next: 'It may be of a version that statelab does not know yet; the README names those that it was verified with. To go on without it: --provider k3d or --provider sandbox.',
  }),
  'image-missing': ({image, detail}) => ({
    what: `The image ${image} can be had neither from this machine nor from its registry: ${detail}`,
    next: `Check the network and try docker pull ${image}.`,
  }),
} satisfies Partial<ErrorSentences>;
