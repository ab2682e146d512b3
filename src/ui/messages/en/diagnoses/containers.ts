import type {CrashCause} from '../../../../checks/facts/containers.ts';
import type {ContainerSentences} from '../../diagnosis-kit.ts';
import {all, called, meant} from './called.ts';

const causes: Record<CrashCause, (detail?: string) => string> = {
  'no-password': () =>
    ' The database has no root password: the container needs a variable for it, such as MARIADB_ROOT_PASSWORD or MYSQL_ROOT_PASSWORD (spec.containers[].env).',
  'directory-not-empty': () =>
    ' The database begins only in an empty data directory, and there are files of something else in it. Empty it, or mount a directory of its own with subPath.',
  'directory-locked': () =>
    ' Another database server has the same data directory open; only one may. End the other one, or give each its own directory.',
  'foreign-files': () =>
    ' The files in the data directory are of another version, or of another database. Give it a directory of its own.',
  'unknown-option': detail =>
    ` It does not know the option ${detail ?? ''} (spec.containers[].args or command).`,
  'program-missing': detail => ` There is no ${detail ?? 'such program'} in the image.`,
  permission: () => ' It may not read or write a file or directory: whose is what is mounted there?',
  'read-only': () =>
    ' It may only read what is mounted there: take readOnly out of its volumeMounts (spec.containers[].volumeMounts[].readOnly).',
  'disk-full': () => ' There is no space left on its volume.',
  'port-taken': () => ' Another program has its port already.',
  'access-denied': detail =>
    ` The database server refused the user ${detail ?? ''}: is this the password that the server was first started with?`,
  'no-server': detail =>
    ` It found no database server${detail ? ` at ${detail}` : ''}: is the host's name right, and does the server run?`,
  'out-of-memory': () =>
    ' It took more memory than it may (spec.containers[].resources.limits.memory), and was killed.',
};

export const containers: ContainerSentences = {
  'image-not-pulled': ({object, facts}) =>
    `${called(object)} waits for the image ${facts.image} of container ${facts.container} (${facts.reason}): the node cannot get it. Is spec.containers[].image right?`,
  'container-config': ({object, facts: {container, missing, program}}) => {
    if (missing?.key)
      return `${called(object)}: the container ${container} cannot be made. Its env asks for the key ${missing.key} of ${missing.kind} ${missing.name}${missing.has ? `, which has ${all(missing.has)}` : ', which does not have it'}.${meant(missing.nearest)}`;
    if (missing)
      return `${called(object)}: the container ${container} cannot be made. Its env asks for ${missing.kind} ${missing.name}, and there is none of that name here.${meant(missing.nearest)}`;
    return program
      ? `${called(object)}: the container ${container} cannot start, because its image has no program ${program} (spec.containers[].command).`
      : `${called(object)}: the container ${container} cannot be made (spec.containers[name=${container}]).`;
  },
  'crash-loop': ({object, facts}) =>
    `${called(object)}: the container ${facts.container} ended with exit code ${facts.exitCode} (terminated.exitCode in its status)${facts.restarts > 0 ? ` and was restarted ${facts.restarts === 1 ? 'once' : `${facts.restarts} times`}` : ''}.${facts.cause ? causes[facts.cause](facts.detail) : ''}`,
  'container-ends': ({object, facts}) =>
    `${called(object)}: the program of container ${facts.container} came to its end without an error, was started again ${facts.restarts === 1 ? 'once' : `${facts.restarts} times`}, and ended again. A Pod that is to stay needs a command that goes on, such as sleep infinity (spec.containers[].command).`,
  'probe-failing': ({object, facts: {container, probe}}) =>
    probe === 'readiness'
      ? `${called(object)} runs, but its readinessProbe fails, so it does not count as Ready (container ${container}). Is what the probe asks right: port, path, command, password?`
      : `${called(object)}: the ${probe}Probe of container ${container} fails, and so the kubelet kills and restarts it. Is what the probe asks right, and does it wait long enough for the start?`,
  'read-only-mount': ({object, facts}) =>
    `${called(object)}: the container ${facts.container} may only read ${facts.mountPath} (spec.containers[].volumeMounts[].readOnly), so nothing can be written there. Delete the Pod and make it without readOnly.`,
  'pod-evicted': ({object}) =>
    `${called(object)} was evicted by its node (status.reason Evicted): it used more than it may. Such a Pod does not come back; delete it, give it a higher limit or let it write less, and make it again.`,
  'pod-ended': ({object, facts}) =>
    `${called(object)} is over (status.phase ${facts.failed ? 'Failed' : 'Succeeded'}${facts.exitCode === undefined ? '' : `, exit code ${facts.exitCode}`}) and is not started again. Delete it and make it with a command that goes on.`,
};
