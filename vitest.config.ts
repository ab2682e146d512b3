import {defineConfig} from 'vitest/config';

/** In CI a play that failed is played once more from a fresh start: other work on the machine may have held it up. */
const retry = process.env.CI ? 1 : 0;

/** What a test waits for, unless it says how long: vitest's own second is little on a machine that does other work. */
const expect = {poll: {timeout: 20_000}};

export default defineConfig({
  test: {
    reporters: ['default', './test/helpers/count-reporter.ts', './test/helpers/flaky-reporter.ts'],
    projects: [
      {test: {name: 'unit', include: ['test/unit/**/*.test.ts'], expect, testTimeout: 30_000}},
      // The built program as a black box: no cluster needed.
      {test: {name: 'cli', include: ['test/cli/**/*.test.ts'], expect, testTimeout: 60_000}},
      // On sandboxes: what needs a cluster, and no Docker.
      {
        test: {
          name: 'sandbox',
          include: ['test/contract/sandbox.test.ts', 'test/sandbox/**/*.test.ts'],
          expect,
          maxWorkers: 2, // also where there are two processors: much of it is waiting
          retry,
          testTimeout: 300_000, // longer than a play waits for what does not come, and then says so
          hookTimeout: 60_000,
        },
      },
      // Sessions recorded on a real cluster, on the sandbox: some minutes, a kubectl, and no Docker.
      {
        test: {
          name: 'differential',
          include: ['test/differential/**/*.test.ts'],
          retry: 2, // what differs by chance, on a busy machine, agrees the next time; what differs does not
          testTimeout: 600_000,
          hookTimeout: 60_000,
          maxConcurrency: 8,
        },
      },
      // On real clusters, one for each file: three at a time together with the labs, since most of it is waiting.
      {
        test: {
          name: 'e2e',
          include: ['test/contract/{k3d,context}.test.ts', 'test/e2e/*.test.ts'],
          maxWorkers: 3,
          retry,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
      // On a real minikube: the same contract, and two labs that its default class makes different.
      {
        test: {
          name: 'minikube',
          include: ['test/contract/minikube.test.ts', 'test/e2e/minikube/*.test.ts'],
          fileParallelism: false,
          retry,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
      // The labs on real clusters.
      {
        test: {
          name: 'labs',
          include: ['test/e2e/labs/*.test.ts'],
          maxWorkers: 3,
          retry,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
