import {notAcceptable} from './errors.ts';

/** In which form an object or list is to be shown. */
export type Form = 'object' | 'table' | 'metadata';
export interface Wanted {
  form: Form;
  media: 'json' | 'yaml';
}

/**
 * What an Accept header asks for: the first that is served. Kubernetes gives no weight to q values.
 * @throws StatusError 406
 */
export function negotiate(accept: string | undefined): Wanted {
  for (const entry of (accept ?? '*/*').split(',')) {
    const wanted = served(parseMediaType(entry));
    if (wanted) return wanted;
  }
  throw notAcceptable(representations);
}

/** A media type and its parameters, both in lower case but for the parameters' values. */
export function parseMediaType(text: string): {type: string; parameters: Map<string, string>} {
  const [type = '', ...parameters] = text.split(';').map(part => part.trim());
  return {
    type: type.toLowerCase(),
    parameters: new Map(
      parameters.map(parameter => {
        const [key = '', value = ''] = parameter.split('=');
        return [key.trim().toLowerCase(), value.trim()];
      }),
    ),
  };
}

const representations = ['application/json', 'application/yaml', 'application/json;stream=watch'];

function served({type, parameters}: ReturnType<typeof parseMediaType>): Wanted | undefined {
  const media = type === 'application/yaml' ? 'yaml' : 'json';
  if (media === 'json' && !['application/json', '*/*', 'application/*', ''].includes(type)) return undefined;
  const as = parameters.get('as');
  if (as === undefined) return {form: 'object', media};
  if (parameters.get('g') !== 'meta.k8s.io' || parameters.get('v') !== 'v1') return undefined;
  if (as === 'Table') return {form: 'table', media};
  if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return {form: 'metadata', media};
  return undefined;
}
