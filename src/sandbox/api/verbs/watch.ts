import type {Stored} from '../../objects.ts';
import type {Change} from '../../registry/registry.ts';
import {selectChange} from '../../registry/selectors.ts';
import {StatusError} from '../../status-error.ts';
import {type Answer, statusObject, type Write} from '../answer.ts';
import type {Api, Call} from '../api.ts';
import {knownVersion, type ListOptions} from '../list-options.ts';
import {lineQueue} from './line-queue.ts';
import {type ShowEvent, watchForm} from './watch-form.ts';

/**
 * GET of a collection with watch=true: a line of JSON for each change, until the client is gone, its
 * timeoutSeconds are over or it falls too far behind. A resourceVersion that is too old is told in the stream.
 * @throws StatusError 400, 504 for a resourceVersion that cannot be
 */
export function watchObjects(api: Api, call: Call, options: ListOptions): Answer {
  const {registry} = api;
  const {resourceVersion: asked} = options;
  const initial = options.sendInitialEvents ?? (asked === '' || asked === '0');
  if (asked !== '') knownVersion(asked, registry.version);
  const form = watchForm(api, call);
  return {
    code: 200,
    body: {
      type: 'application/json',
      stream: async (write, signal) => {
        const lines = lineQueue(signal);
        const after = initial ? tellInitial(api, call, options, form, lines.push) : Number(asked);
        try {
          await tellChanges(api, call, options, form, after, lines, write);
        } catch (error) {
          if (!(error instanceof StatusError)) throw error;
          await write(line('ERROR', JSON.stringify(statusObject(error))));
        }
      },
    },
  };
}

/** All that is there, as if it came into being now. @returns the version of that state */
function tellInitial(
  {registry}: Api,
  {type, namespace}: Call,
  options: ListOptions,
  form: ShowEvent,
  push: (line: string) => void,
): number {
  const {version} = registry;
  for (const object of registry.list(type.id, namespace))
    if (options.selects(object)) push(line('ADDED', form.object(object)));
  if (options.sendInitialEvents && options.allowWatchBookmarks)
    push(line('BOOKMARK', form.bookmark(version, initialEventsEnd)));
  return version;
}

async function tellChanges(
  {registry, clock}: Api,
  {type, namespace}: Call,
  options: ListOptions,
  form: ShowEvent,
  after: number,
  lines: ReturnType<typeof lineQueue>,
  write: Write,
): Promise<void> {
  const inNamespace = ({metadata}: Stored) => namespace === undefined || metadata.namespace === namespace;
  const stopWatching = registry.watch(type.id, after, (change: Change) => {
    const seen = inNamespace(change.object) ? selectChange(change, options.selects) : undefined;
    if (seen) lines.push(line(seen.type, form.object(seen.object)));
  });
  // Requests take the computer's own time, however fast the sandbox's runs.
  const realTime = (milliseconds: number, then: () => void) => clock.after(milliseconds * clock.speed, then);
  const stopTimeout = realTime((options.timeoutSeconds || longest) * 1000, lines.end);
  let stopBookmarks = () => {};
  const bookmarkLater = () => {
    stopBookmarks = realTime(bookmarkInterval, async () => {
      const {version} = registry;
      await registry.durable().catch(() => {});
      lines.push(line('BOOKMARK', form.bookmark(version)));
      bookmarkLater();
    });
  };
  if (options.allowWatchBookmarks) bookmarkLater();
  try {
    await registry.durable();
    for await (const chunk of lines) await write(chunk);
  } finally {
    stopWatching();
    stopTimeout();
    stopBookmarks();
  }
}

const line = (type: string, object: string) => `{"type":"${type}","object":${object}}\n`;

/** Marks the bookmark after the initial events of a watch that asked for them. */
const initialEventsEnd = {'k8s.io/initial-events-end': 'true'};
/** Seconds. The real server ends a watch after 30 to 60 minutes. */
const longest = 45 * 60;
/** Milliseconds, as the real server's. */
const bookmarkInterval = 60_000;
