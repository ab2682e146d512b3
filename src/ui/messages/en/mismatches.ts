import {type MismatchSentences, nameOf, shown} from '../sentences.ts';

export const mismatches: MismatchSentences = {
  field: ({about, path, wanted, found}) =>
    found === undefined
      ? `${nameOf(about)}: ${path} is not set, wanted ${shown(wanted)}`
      : `${nameOf(about)}: ${path} is ${shown(found)}, wanted ${shown(wanted)}`,
  expression: ({about, path, wanted, found}) =>
    `${nameOf(about)}: ${path}${found === undefined ? '' : ` is ${shown(found)}`}, wanted ${wanted}`,
  missing: ({about}) => `${nameOf(about)} is not there yet`,
  'still-there': ({about, terminating}) =>
    `${nameOf(about)} is still there${terminating ? ', and on its way out' : ''}`,
  count: ({about, wanted, found}) => `${nameOf(about)}: ${found} are so, wanted ${wanted}`,
  'too-short': ({wanted, found}) => `so for ${found} of ${wanted} seconds`,
  never: ({about, at}) =>
    `${nameOf(about)}: at ${new Date(at).toLocaleTimeString('en-GB')} more than one was running`,
  'same-node': ({about, node}) => `${nameOf(about)} is still on ${node} (spec.nodeName)`,
  'same-object': ({about}) => `${nameOf(about)} is still the same one (metadata.uid)`,
  output: ({object, found}) =>
    object === '' ? 'there is no Pod to ask' : `${object} says ${found === '' ? 'nothing' : `"${found}"`}`,
  'port-closed': ({port, why}) =>
    `nothing listens on port ${port} of your machine (127.0.0.1: ${why}); is kubectl port-forward running?`,
  'no-answer-yet': () => 'your answer is missing',
  'not-looked-yet': () => 'type next when you have seen enough',
};
