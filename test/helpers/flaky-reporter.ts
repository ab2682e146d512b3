import type {Reporter, TestCase} from 'vitest/node';

/** Tells why a test failed that passed when it was tried again: a fault that comes and goes is one. */
export default class FlakyReporter implements Reporter {
  onTestCaseResult(test: TestCase): void {
    if (!test.diagnostic()?.flaky) return;
    const why = test.result().errors?.map(({message}) => message) ?? [];
    console.error([`Passed only when it was tried again: ${test.fullName}`, ...why].join('\n'));
  }
}
