import {describe, expect, test} from 'vitest';
import {decodeProtobuf} from '../../../../src/sandbox/api/protobuf/decode.ts';
import {openApi} from './open-api.ts';
import answers from './protobuf.answers.json' with {type: 'json'};

/** The same object of a real cluster, in both encodings. */
interface Answer {
  protobuf: string;
  object: {kind: string};
}

describe('an object as typed clients send it', () => {
  test.each(answers as Answer[])('$object.kind', async ({protobuf, object}) => {
    const decoded = await decodeProtobuf(Buffer.from(protobuf, 'base64'));
    expect(withoutEmpty(decoded)).toEqual(withoutEmpty(object));
  });

  test.each([
    ['no magic', Buffer.from('{}')],
    ['cut off', Buffer.from(answers[0]?.protobuf ?? '', 'base64').subarray(0, 100)],
    ['noise', Buffer.from(`k8s\0${'\xff'.repeat(50)}`, 'latin1')],
  ])('that is none: %s', async (_, body) => {
    const {send} = await openApi();
    const headers = {'content-type': 'application/vnd.kubernetes.protobuf'};
    const {code, json} = await send('/api/v1/namespaces/lab/pods', {method: 'POST', headers, body});
    expect([code, json.reason]).toEqual([400, 'BadRequest']);
  });

  test('is stored as one in JSON would be', async () => {
    const {send} = await openApi();
    const entry = field(2, field(1, 'a'), field(2, 'b'));
    const body = Buffer.concat([
      Buffer.from('k8s\0'),
      field(1, field(1, 'v1'), field(2, 'ConfigMap')),
      field(2, field(1, field(1, 'one'), field(3, '')), entry),
    ]);
    const headers = {'content-type': 'application/vnd.kubernetes.protobuf'};
    const {code, json} = await send('/api/v1/namespaces/lab/configmaps', {method: 'POST', headers, body});
    expect([code, json.data]).toEqual([201, {a: 'b'}]);
  });

  test('keeps a zero that says something: as `kubectl create pdb --max-unavailable=0` sends it', async () => {
    const zero = Buffer.from([0x1a, 6, 0x08, 0, 0x10, 0, 0x1a, 0]);
    const body = Buffer.concat([
      Buffer.from('k8s\0'),
      field(1, field(1, 'policy/v1'), field(2, 'PodDisruptionBudget')),
      field(2, field(1, field(1, 'one')), field(2, zero)),
    ]);
    expect(await decodeProtobuf(body)).toMatchObject({spec: {maxUnavailable: 0}});
  });
});

/** A short field of text or of fields. */
function field(number: number, ...content: (string | Buffer)[]): Buffer {
  const bytes = Buffer.concat(content.map(part => Buffer.from(part as string)));
  return Buffer.concat([Buffer.of((number << 3) | 2, bytes.length), bytes]);
}

/** Go's JSON has some fields with a zero that the other encoding cannot tell from none. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) =>
      [null, 0, false, ''].includes(field) ? [] : [[name, withoutEmpty(field)]],
    ),
  );
}
