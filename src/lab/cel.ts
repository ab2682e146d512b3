import {Environment} from '@marcbachmann/cel-js';

/** What `base64` stands for in an expression, as the receiver of its functions. */
class Base64 {}

/**
 * CEL as labs use it, with what Kubernetes' CEL adds and labs need: base64.decode.
 * @param checked for a linter: only variables that were registered are known
 */
export const celEnvironment = ({checked}: {checked: boolean}): Environment =>
  new Environment({unlistedVariablesAreDyn: !checked, homogeneousAggregateLiterals: false})
    .registerType('Base64', {ctor: Base64, fields: {}})
    .registerConstant('base64', 'Base64', new Base64())
    .registerFunction('Base64.decode(string): bytes', (_base64: Base64, text: string) => decoded(text));

/** As in Kubernetes, the padding may be missing; what is not base64 is an error. */
function decoded(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new Error('not base64');
  return new Uint8Array(Buffer.from(text, 'base64'));
}
