/** Replaces what is another value in every run, and never says what a cluster did. */
export function withoutChance(text: string): string {
  return patterns.reduce((rest, [pattern, placeholder]) => rest.replace(pattern, placeholder), text);
}

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';

/** In the order they are tried: what is longer comes first. */
const patterns: readonly (readonly [pattern: RegExp, placeholder: string])[] = [
  // 2026-11-21T15:03:18Z of the API, with fractions in leases and logs.
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, '<time>'],
  // Sat, 21 Nov 2026 15:03:18 +0000 of kubectl describe.
  [
    new RegExp(
      `(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d ${month} \\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}`,
      'g',
    ),
    '<time>',
  ],
  // 2026-11-21 15:03:18.123 +0000 of diff and of MariaDB's log.
  [/\d{4}-\d\d-\d\d {1,2}\d?\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?/g, '<time>'],
  // Sat Nov 21 15:03:18 UTC 2026 of date.
  [
    new RegExp(`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${month} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\w+ \\d{4}`, 'g'),
    '<time>',
  ],
  // E1121 15:03:18.123456   12345 of kubectl's own log.
  [/^([EWIF])\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ /gm, '$1<time> '],
  [/(resourceVersion\\?"?: ?\\?"?|Resource Version: +)\d+/g, '$1<version>'],
  [/[\w./:-]*@?sha256:[0-9a-f]{64}/g, '<image>'],
  [/(containerd:\/\/)?\b[0-9a-f]{64}\b/g, '<container>'],
  // Temporary files of kubectl diff and kubectl edit.
  [/(LIVE|MERGED|kubectl-edit)-\d+/g, '$1-<number>'],
  [
    /(\b\d+h)?(\b\d+m)?\b\d+(\.\d+)?(ms|µs|s) \((\d+h)?(\d+m)?\d+(\.\d+)?(ms|µs|s) including waiting\)/g,
    '<duration>',
  ],
  // curl: how long it took to be refused.
  [/after \d+ ms/g, 'after <duration>'],
  // Ages: 5s, 3m12s, 2d. Not what was asked for: probes, grace periods, tolerations, quantities of CPU.
  [
    /(?<![\w.:=/"'-])(?<!(?:for|back-off|Period:|cpu:|cpu|minutes) *)\d+[dhms](?:\d+[hms])?(?:\d+s)?(?![\w%/"'.-])(?! \(\d+%)/g,
    '<age>',
  ],
  [/ \(x\d+ over <age>\)/g, ''],
];
