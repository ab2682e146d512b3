import {styleText} from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Colours, or none: for a terminal that has them and a learner who wants them (NO_COLOR). */
export interface Style {
  bold: (text: string) => string;
  dim: (text: string) => string;
  good: (text: string) => string;
  bad: (text: string) => string;
  warn: (text: string) => string;
  code: (text: string) => string;
  title: (text: string) => string;
}

export function styleFor(colour: boolean): Style {
  const as = (format: Format) => (text: string) =>
    colour ? styleText(format, text, {validateStream: false}) : text;
  return {
    bold: as('bold'),
    dim: as('dim'),
    good: as('green'),
    bad: as('red'),
    warn: as('yellow'),
    code: as('cyan'),
    title: as(['bold', 'underline']),
  };
}
