import {z} from 'zod';
import {ExpectedError} from '../../errors.ts';
import {problemsOf} from '../../kube/problems.ts';

/**
 * What minikube has answered, as JSON of that shape.
 * @param command for the error
 * @throws ExpectedError `answer-unknown`
 */
export function answerOf<Shape extends z.ZodType>(
  shape: Shape,
  command: string,
  text: string,
): z.output<Shape> {
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    const detail = error instanceof z.ZodError ? problemsOf(error) : text.trim().slice(0, 200);
    throw new ExpectedError('answer-unknown', {command, detail}, {cause: error});
  }
}
