import {writeFileSync} from 'node:fs';
import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {checkSkew, kubectlVersion} from '../../../src/kube/kubectl.ts';
import {emptyDirectory} from '../../helpers/directory.ts';

describe('skew', () => {
  test.each([
    ['v1.35.4', 'v1.35.4+k3s1'],
    ['v1.34.0', 'v1.35.4+k3s1'],
    ['v1.37.0', 'v1.35.4'],
    ['v1.35.0-eks-123', 'v1.36.1'],
  ])('kubectl %s does for a server %s', (client, server) =>
    expect(() => checkSkew(client, server)).not.toThrow(),
  );

  test('one that is two minors older does not', () => {
    const facts = {client: 'v1.33.1', server: 'v1.35.4+k3s1', minimum: 'v1.34'};
    expect(() => checkSkew(facts.client, facts.server)).toThrow(
      expect.objectContaining({code: 'kubectl-skew', facts}),
    );
  });

  test('where an older one was seen to work, it does', () => {
    expect(() => checkSkew('v1.27.16', 'v1.35.4', 'v1.27')).not.toThrow();
    const facts = {client: 'v1.26.3', server: 'v1.35.4', minimum: 'v1.27'};
    expect(() => checkSkew(facts.client, facts.server, facts.minimum)).toThrow(
      expect.objectContaining({code: 'kubectl-skew', facts}),
    );
  });
});

test('no kubectl is said as such', async () => {
  const PATH = await mkdtemp(join(tmpdir(), 'statelab-empty-'));
  const version = kubectlVersion({PATH}, new AbortController().signal);
  await expect(version).rejects.toMatchObject({code: 'program-missing', facts: {program: 'kubectl'}});
});

test.each(['not JSON', '{}', '{"clientVersion": {}}'])('a kubectl that answers %j is broken', async said => {
  const PATH = emptyDirectory();
  writeFileSync(join(PATH, 'kubectl'), `#!/bin/sh\necho '${said}'\n`, {mode: 0o755});
  await expect(kubectlVersion({PATH}, new AbortController().signal)).rejects.toMatchObject({
    code: 'kubectl-broken',
    facts: {detail: expect.any(String)},
  });
});
