import type {z} from 'zod';

/** What is wrong with an answer or a file that has another shape, in one line. */
export const problemsOf = ({issues}: z.ZodError): string =>
  issues.map(({path, message}) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');
