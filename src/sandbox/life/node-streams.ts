import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import type {ApiRequest} from '../api/request.ts';
import type {NodeMachines} from '../node/machine.ts';
import {badRequest, StatusError} from '../status-error.ts';
import {finishWith} from '../stream/remote-command.ts';
import {acceptWebSocket, offeredProtocols} from '../stream/websocket.ts';
import {websocketChannels} from '../stream/websocket-command.ts';
import {machineNamed, nodeProtocol} from './control.ts';
import {runOnMachine} from './run-on-machine.ts';

/**
 * Runs a program on a node for a client that asks over a WebSocket, in the protocol of Kubernetes' exec: the words of
 * the command, and whether there are stdin and a terminal, are in the query.
 * @param name the machine
 * @throws StatusError 404, 400, 409 before anything was written
 */
export function serveNodeCommand(
  machines: NodeMachines,
  name: string,
  {query}: ApiRequest,
  [incoming, socket, head]: [IncomingMessage, Duplex, Buffer],
): void {
  const machine = machineNamed(machines, name);
  const command = query.getAll('command');
  const [tty, stdin] = [query.get('tty') === 'true', query.get('stdin') === 'true'];
  const offered = offeredProtocols(incoming.headers['sec-websocket-protocol']);
  if (command.length === 0 || !offered.includes(nodeProtocol))
    throw badRequest(`a command is wanted, over a WebSocket of ${nodeProtocol}`);
  if (!machine.running) throw new StatusError(409, 'Conflict', `machine ${name} is switched off`);
  acceptWebSocket(incoming, socket, head, nodeProtocol, connection => {
    const channels = websocketChannels(connection, {stdin, stderr: !tty, tty}, nodeProtocol);
    const {onResize, ...streams} = channels;
    void finishWith(channels, () =>
      runOnMachine(machine, command, {...streams, ...(tty && {tty: {columns: 80, rows: 24, onResize}})}),
    );
  });
}
