import type {ClaimFacts, VolumeFacts} from '../../checks/facts/claims.ts';
import type {ContainerFacts} from '../../checks/facts/containers.ts';
import type {NetworkFacts} from '../../checks/facts/network.ts';
import type {NodeFacts} from '../../checks/facts/nodes.ts';
import type {OtherwiseFacts} from '../../checks/facts/otherwise.ts';
import type {StatefulSetFacts} from '../../checks/facts/statefulsets.ts';
import type {ObjectRef} from '../../world/object.ts';
import {kindNames} from '../../world/object.ts';
import type {DiagnosisSentences} from './sentences.ts';

/** The sentences of one group of diagnoses. */
export type SentencesOf<Facts> = Pick<DiagnosisSentences, keyof Facts & keyof DiagnosisSentences>;
export type OtherwiseSentences = SentencesOf<OtherwiseFacts>;
export type VolumeSentences = SentencesOf<ClaimFacts & VolumeFacts>;
export type NodeSentences = SentencesOf<NodeFacts>;
export type ContainerSentences = SentencesOf<ContainerFacts>;
export type NetworkSentences = SentencesOf<NetworkFacts>;
export type StatefulSetSentences = SentencesOf<StatefulSetFacts>;

/** deployment/mariadb, as kubectl takes it. */
export const asArgument = ({kind, name}: ObjectRef): string => `${kindNames[kind].toLowerCase()}/${name}`;
