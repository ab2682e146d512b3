/** The option that an answer means: by its number, counted from 1, or by its id. Undefined when it means none. */
export const choiceOf = (options: readonly string[], answer: string): string | undefined =>
  options[Number(answer) - 1] ?? options.find(option => option === answer.trim());
