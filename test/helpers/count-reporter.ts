import {appendFileSync} from 'node:fs';
import type {Reporter, TestModule} from 'vitest/node';

/**
 * Appends "passed failed skipped" of a run to the file that TEST_COUNTS names, so that several runs can be summed up.
 * A module that could not even be loaded counts as a failure.
 */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const file = process.env.TEST_COUNTS;
    if (!file) return;
    const states = modules.flatMap(module =>
      [...module.children.allTests()].map(test => test.result().state),
    );
    const broken = modules.filter(module => module.state() === 'failed' && module.errors().length > 0).length;
    const count = (state: string) => states.filter(one => one === state).length;
    appendFileSync(file, `${count('passed')} ${count('failed') + broken} ${count('skipped')}\n`);
  }
}
