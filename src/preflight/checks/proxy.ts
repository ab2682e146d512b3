import type {Check} from '../check.ts';
import type {Facts} from '../facts.ts';
import {type Finding, ok, warn} from '../finding.ts';
import {everyLab, nodesEngine} from '../place.ts';

/**
 * Does a proxy stand between kubectl and the cluster? kubectl itself never takes one to an address of this machine
 * (127.0.0.0/8, ::1, localhost), so what counts is where the cluster's API is.
 */
export const proxy: Check = facts => {
  const {proxy: variable} = facts.machine;
  if (variable === undefined) return [ok('proxy', 'proxy-none', {})];
  const bad = [...clusterBehind(variable, facts), ...imagesBehind(variable, facts)];
  return bad.length > 0 ? bad : [ok('proxy', 'proxy-passed-by', {variable})];
};

function clusterBehind(variable: string, facts: Facts): Finding[] {
  const {platform, noProxy} = facts.machine;
  const host = hostOf(facts);
  const takesIt = /^https/i.test(variable); // kubectl speaks nothing else
  if (!takesIt || host === undefined || isLoopback(host) || covers(noProxy, host)) return [];
  const all = [noProxy, host].filter(Boolean).join(',');
  const set = platform === 'win32' ? `$env:NO_PROXY = "${all}"` : `export NO_PROXY="${all}"`;
  return [warn('proxy', 'proxy-in-the-way', {variable, host}, {labs: everyLab(facts), mend: [set]})];
}

/** Docker pulls images by itself, and the learner's variables are not its own. */
function imagesBehind(variable: string, facts: Facts): Finding[] {
  const engine = nodesEngine(facts);
  if (!engine || engine.proxy) return [];
  return [warn('proxy', 'proxy-not-for-docker', {variable}, {labs: everyLab(facts)})];
}

function hostOf({cluster}: Facts): string | undefined {
  const server = cluster && 'server' in cluster ? cluster.server : undefined;
  return server && new URL(server.url).hostname.replace(/^\[|\]$/g, '');
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127\./.test(host);

/** Is a host one of NO_PROXY's? As Go reads it: names with their subdomains, addresses, and address ranges. */
function covers(noProxy: string, host: string): boolean {
  return noProxy
    .split(/[\s,]+/)
    .filter(Boolean)
    .some(entry => {
      if (entry === '*' || entry === host) return true;
      if (entry.includes('/')) return isWithin(host, entry);
      return host.endsWith(entry.startsWith('.') ? entry : `.${entry}`);
    });
}

/** Is an IPv4 address in a range, such as 10.0.0.0/8? */
function isWithin(host: string, range: string): boolean {
  const [base = '', bits = ''] = range.split('/');
  const [address, from] = [numberOf(host), numberOf(base)];
  if (address === undefined || from === undefined || !/^\d+$/.test(bits)) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) === Math.floor(from / size);
}

function numberOf(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  const isAddress =
    parts.length === 4 && parts.every(part => Number.isInteger(part) && part >= 0 && part < 256);
  return isAddress ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}
