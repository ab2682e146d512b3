import {expect, test} from 'vitest';
import {plainLine} from '../../../../src/cluster/docker/programs.ts';
import {reasonOf, tellSteps} from '../../../../src/cluster/k3d/programs.ts';

test('a line of k3d is shown without colour, level and clock', () => {
  expect(plainLine('\u001b[36mINFO\u001b[0m[0000] Prep: Network                                ')).toBe(
    'Prep: Network',
  );
});

test('the reason is what k3d said first, not what it did about it', () => {
  const stderr = [
    '\u001b[36mINFO\u001b[0m[0000] Creating node',
    '\u001b[31mERRO\u001b[0m[0001] failed Cluster Creation: no such image ',
    '\u001b[31mERRO\u001b[0m[0001] Failed to create cluster >>> Rolling Back ',
    '\u001b[31mFATA\u001b[0m[0001] Cluster creation FAILED, all changes have been rolled back! ',
  ].join('\n');
  expect(reasonOf({stderr})).toBe('failed Cluster Creation: no such image');
});

test('steps are told, advice is not', () => {
  const told: string[] = [];
  const tell = tellSteps(line => told.push(line));
  tell("\u001b[36mINFO\u001b[0m[0012] Cluster 'lab' created successfully!");
  tell('\u001b[36mINFO\u001b[0m[0012] You can now use it like this:');
  tell('export KUBECONFIG=$(k3d kubeconfig write lab)');
  expect(told).toEqual(["Cluster 'lab' created successfully!"]);
});
