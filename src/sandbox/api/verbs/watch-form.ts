import type {Stored} from '../../objects.ts';
import type {Api, Call} from '../api.ts';
import {jsonOf, metadataJson} from '../json.ts';
import {negotiate} from '../negotiate.ts';
import {apiVersionOf} from '../show.ts';
import {columnsJson} from '../table/columns.ts';
import {includeObject, rowsJson} from '../table/rows.ts';
import {tableOf} from '../table/tables.ts';

/** How the objects of a watch's events are written, as JSON. */
export interface ShowEvent {
  object(object: Stored): string;
  /** @param annotations which tell what the bookmark stands for */
  bookmark(version: number, annotations?: Readonly<Record<string, string>>): string;
}

/** As the client accepts it. @throws StatusError 406 */
export function watchForm(api: Api, call: Call): ShowEvent {
  const {form} = negotiate(call.request.headers.accept);
  const {kind} = call.type;
  const apiVersion = apiVersionOf(call.type);
  if (form === 'table') return tableForm(api, call);
  if (form === 'metadata')
    return {
      object: metadataJson,
      bookmark: (version, annotations) =>
        bookmark('PartialObjectMetadata', 'meta.k8s.io/v1', version, annotations),
    };
  return {
    object: jsonOf,
    bookmark: (version, annotations) => bookmark(kind, apiVersion, version, annotations),
  };
}

/** Each event is a table of one row; only the first one names the columns. */
function tableForm({clock}: Api, {type, request}: Call): ShowEvent {
  const shape = tableOf(type);
  const include = includeObject(request.query);
  let columns = columnsJson(shape);
  const table = (version: string, rows: string) => {
    const json = `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"${version}"},"columnDefinitions":${columns},"rows":[${rows}]}`;
    columns = 'null';
    return json;
  };
  return {
    object: object => table(object.metadata.resourceVersion, rowsJson(shape, [object], clock.now(), include)),
    bookmark: (version, annotations) => {
      const object = bookmark('PartialObjectMetadata', 'meta.k8s.io/v1', version, annotations);
      const cells = JSON.stringify(shape.columns.map(({type}) => (type === 'integer' ? 0 : '')));
      return table(String(version), `{"cells":${cells},"object":${object}}`);
    },
  };
}

const bookmark = (
  kind: string,
  apiVersion: string,
  version: number,
  annotations: Readonly<Record<string, string>> | undefined,
) => JSON.stringify({kind, apiVersion, metadata: {resourceVersion: String(version), annotations}});
