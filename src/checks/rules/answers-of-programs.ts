import {looksOf} from '../../lab/look-of.ts';
import {refOf} from '../../world/object.ts';
import type {NetworkFacts} from '../facts/network.ts';
import {type Heard, heard, heardOf} from './heard.ts';
import type {Rule} from './rule.ts';

type SqlMissing = NetworkFacts['sql-missing'];
const missing: readonly (readonly [SqlMissing['what'], RegExp])[] = [
  ['database', /Unknown database '([^']+)'/],
  ['table', /Table '([^']+)' doesn't exist/],
  ['column', /Unknown column '([^']+)'/],
];

/** The database answers, and does not have what it is asked for. */
export const sqlMissing: Rule = context => {
  for (const [what, pattern] of missing) {
    const said = heardOf(pattern, context);
    if (said) return {code: 'sql-missing', facts: {what, name: said.groups[0] ?? ''}, ...sourceOf(said)};
  }
  return undefined;
};

/** A file that a program is to read is not there. */
export const fileMissing: Rule = context => {
  const said = heardOf(/(?:^|[\s'"])(\/[^\s'":]+)['"]?: No such file or directory/, context);
  return said && {code: 'file-missing', facts: {file: said.groups[0] ?? ''}, ...sourceOf(said)};
};

/** What was asked for was changed in this step, and is still not as wanted. */
export const otherOutput: Rule = context => {
  const {look, milestone} = context;
  if (look === undefined || look === 'wanted' || look.status !== 'unmatched' || !look.changed)
    return undefined;
  const command = looksOf(milestone).flatMap(one => ('exec' in one ? [one.exec.command.join(' ')] : []))[0];
  const said = heard(context).find(({pod, text}) => pod !== undefined && text !== '');
  if (command === undefined || !said?.pod) return undefined;
  return {code: 'other-output', facts: {command, says: said.text}, object: refOf('pods', said.pod)};
};

const refused = /Connection refused|\((?:111|61)\)|Can't connect to local (?:MySQL )?server/i;
const silent = /timed out|\(110\)|system error: 110|Lost connection to (?:MySQL )?server/i;
const connectedTo = /(?:server on '|remote host \(|Failed to connect to )([A-Za-z0-9][\w.:-]*)/;

/** Nobody answers where a program connects to. */
export const noConnection: Rule = context => {
  const said = heardOf(new RegExp(`${refused.source}|${silent.source}`, 'i'), context);
  if (!said) return undefined;
  const host = connectedTo.exec(said.text)?.[1];
  const facts = {...(host === undefined ? {} : {host}), refused: refused.test(said.text)};
  return {code: 'no-connection', facts, ...sourceOf(said)};
};

const sourceOf = ({pod, text}: Heard) => ({...(pod ? {object: refOf('pods', pod)} : {}), proof: text});

/** The learner's own port: nobody listens there, or somebody else does. */
export const localPort: Rule = context => {
  const closed = context.mismatches.find(one => one.type === 'port-closed');
  if (closed?.type === 'port-closed')
    return {code: 'nothing-listens', facts: {port: closed.port}, proof: closed.why};
  for (const look of looksOf(context.milestone)) {
    if (!('local' in look)) continue;
    const {port} = look.local;
    const said = heard(context).find(({object}) => object === `127.0.0.1:${port}`);
    if (said && !isDatabase(said.text))
      return {code: 'other-listener', facts: {port, says: said.text}, verdict: 'off-track'};
  }
  return undefined;
};

/** A database greets with its version; what else is not as asked is not the port's fault then. */
const isDatabase = (greeting: string) => /^\D*\d+\.\d+\.\d+/.test(greeting);
