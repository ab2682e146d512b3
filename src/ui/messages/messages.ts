import type {Diagnosis} from '../../checks/diagnosis.ts';
import type {Mismatch} from '../../checks/judgement.ts';
import type {ExpectedError} from '../../errors.ts';
import {type Language, languages} from '../../lab/lab.ts';
import type {Finding} from '../../preflight/finding.ts';
import type {Remark} from '../terminal/remarks.ts';
import type {SaidFinding} from './doctor-kit.ts';
import {en} from './en/index.ts';
import {ja} from './ja/index.ts';
import type {Messages, Said} from './sentences.ts';

export type {Messages} from './sentences.ts';

const all: Record<Language, Messages> = {en, ja};

export const messagesIn = (language: Language): Messages => all[language];

/** The language the environment asks for, as other programs read it: LC_ALL, LC_MESSAGES, LANG, in this order. */
export function languageOf(env: Record<string, string | undefined>): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return languages.find(language => locale.toLowerCase().startsWith(language)) ?? 'en';
}

// The sentence functions are indexed by the very code whose facts they take, which TypeScript cannot follow
// through a union; these five functions are the only places that have to know.
type AnySentence<T, R> = Record<string, (facts: T) => R>;

export const sayError = (error: ExpectedError, {errors}: Messages): Said =>
  (errors as unknown as AnySentence<unknown, Said>)[error.code]?.(error.facts) ?? {
    what: error.message,
    next: '',
  };

export const sayDiagnosis = (diagnosis: Diagnosis, {diagnoses}: Messages): string =>
  (diagnoses as unknown as AnySentence<Diagnosis, string>)[diagnosis.code]?.(diagnosis) ?? diagnosis.code;

/** What is said of one finding; what a provider or a cluster refuses with is said as its error is. */
export function sayFinding({code, facts}: Finding, messages: Messages): SaidFinding {
  if (code === 'provider-refuses' || code === 'cluster-refuses')
    return sayError((facts as {error: ExpectedError}).error, messages);
  return (
    (messages.doctor.findings as unknown as AnySentence<unknown, SaidFinding>)[code]?.(facts) ?? {what: code}
  );
}

/** What is said about a command that was typed. */
export const sayRemark = ({code, facts}: Remark, {remarks}: Messages): string =>
  (remarks as unknown as AnySentence<unknown, string>)[code]?.(facts) ?? code;

export const sayMismatch = (mismatch: Mismatch, {mismatches}: Messages): string =>
  (mismatches as unknown as AnySentence<Mismatch, string>)[mismatch.type]?.(mismatch) ?? mismatch.type;
