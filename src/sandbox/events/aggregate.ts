import type {SandboxClock} from '../clock.ts';
import type {Occurrence} from './event.ts';
import {recent} from './recent.ts';

/** Under which key an occurrence is counted, and what it says. */
export interface EventKey {
  key: string;
  message: string;
  /** It stands for many that differ in their message only. */
  combined: boolean;
}
interface Similar {
  messages: Set<string>;
  /** When the last one happened, in milliseconds since the epoch. */
  at: number;
}

/** From the tenth message on, about one object and for one reason, they become one event; client-go's default. */
const maxMessages = 10;
/** Milliseconds without a similar event after which the count starts anew; client-go's default. */
const forgetAfter = 600_000;

/** Tells events that are the same from those that are only alike, and combines the latter when they get many. */
export function similarEvents(clock: SandboxClock) {
  const known = recent<Similar>();
  return (occurrence: Occurrence): EventKey => {
    const {message} = occurrence;
    const alike = alikeKey(occurrence);
    const before = known.get(alike);
    const messages = before && clock.since(before.at) <= forgetAfter ? before.messages : new Set<string>();
    messages.add(message);
    known.set(alike, {messages, at: clock.now()});
    if (messages.size < maxMessages)
      return {key: JSON.stringify([alike, occurrence.fieldPath, message]), message, combined: false};
    const [oldest] = messages;
    if (oldest !== undefined) messages.delete(oldest);
    return {key: alike, message: `(combined from similar events): ${message}`, combined: true};
  };
}

const alikeKey = ({about, type, reason, source}: Occurrence) =>
  JSON.stringify([
    source.component,
    source.host,
    about.apiVersion,
    about.kind,
    about.metadata.namespace,
    about.metadata.name,
    about.metadata.uid,
    type,
    reason,
  ]);
