/** linebreak comes without types; this is what we use of it. */
declare module 'linebreak' {
  export default class LineBreaker {
    constructor(text: string);
    /** The next place where a line may (or, `required`, must) break; null at the end. */
    nextBreak(): {position: number; required: boolean} | null;
  }
}
