import type {NetworkFacts} from '../../../../checks/facts/network.ts';
import type {NetworkSentences} from '../../diagnosis-kit.ts';
import {all, called, meant} from './called.ts';

const source = ({env, secret, key}: NonNullable<NetworkFacts['access-denied']['from']>) =>
  `${env}${secret ? ` (key ${key ?? ''} of Secret ${secret})` : ''}`;

export const network: NetworkSentences = {
  'service-without-endpoints': ({object, facts}) =>
    facts.unready
      ? `${called(object)} has no endpoints: of the Pods that its spec.selector (${facts.selector}) finds, ${all(facts.unready)}, none is ready.`
      : `${called(object)} has no endpoints: no ready Pod has the labels of its spec.selector (${facts.selector}).${facts.nearest ? ` Pod ${facts.nearest.pod} has ${facts.nearest.labels}.` : ''}`,
  'service-port': ({object, facts}) =>
    `${called(object)} sends what comes to its port ${facts.port} on to port ${facts.target} of its Pods (spec.ports[].targetPort), but Pod ${facts.pod} listens on ${all(facts.listens)}. Set targetPort to that.`,
  'service-not-headless': ({object, facts}) =>
    `${called(object)} has the address ${facts.clusterIP} (spec.clusterIP); a headless Service has None there. The field cannot be changed: delete the Service and make it with clusterIP: None.`,
  'name-unresolved': ({object, facts: {host, because, about, nearest}}) => {
    const asked = `${host} does not resolve${object ? ` (asked in ${called(object)})` : ''}`;
    return {
      'no-service': `${asked}: there is no Service ${about} in this namespace.${meant(nearest)}`,
      'not-headless': `${asked}: Service ${about} is not headless (spec.clusterIP is not None), and only a headless Service gives each Pod a name.`,
      'other-service-name': `${asked}: the Pod belongs to ${nearest ? `the Service ${nearest}` : 'no Service'} (serviceName of its StatefulSet), not to ${about}.`,
      'no-pod': `${asked}: there is no Pod ${about}.`,
      unready: `${asked}: Pod ${about} is not ready, or not for long; a headless Service names only ready Pods, and DNS may remember for some seconds that there was none.`,
    }[because];
  },
  'access-denied': ({object, facts: {user, password, from, database, changed, client}}) => {
    if (database !== undefined)
      return `The database server does not let the user ${user} into the database ${database}${object ? ` (${called(object)})` : ''}: the password was right. Is this the database that belongs to the user?${client ? ' Delete this Pod and run it again with the right one.' : ''}`;
    return client
      ? `${called(object)} ended: the database refused the user ${user}, who came ${password ? 'with another password' : 'without a password'}${from ? `; it has the one of ${source(from)}` : ''}. Delete this Pod and run it again with the right one.`
      : `The database refuses the user ${user}${password ? '' : ', who came without a password'}.${
          from
            ? ` ${called(object)} was given the password by ${source(from)}; that is read only at the first start, on an empty data directory, and kept there.${changed ? ' The Secret was changed since.' : ''} Is it the password that this step asks for? If not, begin with an empty directory, or change it with ALTER USER.`
            : ` A database keeps the password of its first start${object ? ` (${called(object)})` : ''}, whatever is written in its manifest later.`
        }`;
  },
  'sql-missing': ({object, facts}) =>
    ({
      database: `The database server${object ? ` of ${called(object)}` : ''} has no database ${facts.name} yet.`,
      table: `The database server${object ? ` of ${called(object)}` : ''} has no table ${facts.name} yet.`,
      column: `The table${object ? `, in ${called(object)},` : ''} has no column ${facts.name}.`,
    })[facts.what],
  'no-connection': ({object, facts}) =>
    `${facts.host ?? 'The server'} ${facts.refused ? 'refuses the connection: nothing listens there yet, or it listens on another port' : 'does not answer: is a Pod behind it, and does it run?'}${object ? ` (asked from ${called(object)})` : ''}.`,
  'file-missing': ({object, facts}) => `${facts.file} is not there${object ? ` in ${called(object)}` : ''}.`,
  'other-output': ({object, facts}) =>
    `${called(object)} answers "${facts.says}" to ${facts.command}, which is not what this step asks for.`,
  'nothing-listens': ({facts}) =>
    `Nothing listens on port ${facts.port} of this machine. kubectl port-forward has to go on running, in another terminal; it ends with its Pod and does not follow a new one.`,
  'other-listener': ({facts}) =>
    facts.says === ''
      ? `Port ${facts.port} of this machine is open, but who listens there says nothing: mostly a port-forward to a Pod that is gone, or another program. End it (Ctrl-C where it runs) and start the port-forward anew.`
      : `Another program listens on port ${facts.port} of this machine; it says "${facts.says}". End it, or forward another local port.`,
};
