import type {Report} from '../../commands/view.ts';
import type {ExpectedError} from '../../errors.ts';
import {type Messages, sayError} from '../messages/messages.ts';
import {wrap} from '../wrap.ts';
import type {ReportContext} from './report.ts';

type Chosen = Extract<Report, {type: 'provider-chosen'}>;

/** Which provider is used that nobody asked for, and why not one that comes before it. */
export function chosenLines(
  {provider, because, without}: Chosen,
  {messages, language, width}: ReportContext,
): string[] {
  const {providers} = messages.words;
  if (without.length === 0) return wrap(providers[because](provider), width);
  const list = new Intl.ListFormat(language);
  const reasons = byReason(without).map(group => whyWithout(group, messages, list));
  return wrap(providers.instead(provider, list.format(reasons)), width);
}

type PassedOver = Chosen['without'][number];

/** Those that say the same, as all do that need a Docker that is not there, are told together. */
const byReason = (without: readonly PassedOver[]): PassedOver[][] => [
  ...Map.groupBy(without, ({error}) => JSON.stringify([error.code, error.facts])).values(),
];

/** Why providers are passed over: what they say themselves, as part of a sentence. */
function whyWithout(group: readonly PassedOver[], messages: Messages, list: Intl.ListFormat): string {
  const {lacks, refuses} = messages.words.providers;
  const providers = list.format(group.map(({provider}) => provider));
  const {error} = group[0] as PassedOver;
  if (error.code === 'program-missing')
    return lacks(providers, (error as ExpectedError<'program-missing'>).facts.program);
  return refuses(providers, sayError(error, messages).what.replace(/[.?。]$/, ''));
}
