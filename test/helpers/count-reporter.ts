import {appendFileSync} from 'node:fs';
import type {Reporter, TestCase, TestModule} from 'vitest/node';

/**
 * Tells why a test failed that passed when it was tried again: a fault that comes and goes is one.
 *
 * Appends "passed failed skipped" of a run to the file that TEST_COUNTS names, so that several runs can be summed up.
 * A module that could not even be loaded counts as a failure.
 */
export default class CountReporter implements Reporter {
  onTestCaseResult(test: TestCase): void {
    if (!test.diagnostic()?.flaky) return;
    const why = test.result().errors?.map(({message}) => message) ?? [];
    console.error([`Passed only when it was tried again: ${test.fullName}`, ...why].join('\n'));
  }

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
