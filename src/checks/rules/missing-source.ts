import {nearest} from '../nearest.ts';
import {inLab, type Scene} from '../select.ts';

export interface MissingSource {
  kind: 'Secret' | 'ConfigMap';
  name: string;
  /** The key that is not in it; without it the Secret or ConfigMap itself is not there. */
  key?: string;
  nearest?: string;
  /** The keys that it has. */
  has?: string[];
}

/** The Secret or ConfigMap that the kubelet says it misses, or its key, with what comes closest to it. */
export function missingSource(message: string, scene: Scene): MissingSource | undefined {
  const [, key, keyKind, keyName = ''] =
    /couldn't find key (\S+) in (Secret|ConfigMap) [^/\s]+\/(\S+)/.exec(message) ?? [];
  if (key !== undefined && isKind(keyKind)) {
    const has = keysOf(keyKind, keyName, scene);
    const near = nearest(key, has);
    return {
      kind: keyKind,
      name: keyName,
      key,
      ...(near === undefined ? {} : {nearest: near}),
      ...(has.length > 0 ? {has} : {}),
    };
  }
  const [, lower, name] = /\b(secret|configmap) "([^"]+)" not found/.exec(message) ?? [];
  if (lower === undefined || name === undefined) return undefined;
  const kind = lower === 'secret' ? 'Secret' : 'ConfigMap';
  const near = nearest(
    name,
    inLab({kind: watched[kind]}, scene).map(({metadata}) => metadata.name),
  );
  return {kind, name, ...(near === undefined ? {} : {nearest: near})};
}

const watched = {Secret: 'secrets', ConfigMap: 'configmaps'} as const;
const isKind = (kind: string | undefined): kind is MissingSource['kind'] =>
  kind === 'Secret' || kind === 'ConfigMap';

/** Only the names of the keys: what stands under them is nobody's business here. */
const keysOf = (kind: MissingSource['kind'], name: string, scene: Scene): string[] =>
  inLab({kind: watched[kind], name}, scene).flatMap(({data}) =>
    Object.keys((data as object | undefined) ?? {}),
  );
