/**
 * Node's HTTP for programs and probes. An `import` of it looks at every export, and one of them brings undici with it:
 * 25 ms and 3 MB that every start would pay.
 */
export const {Agent, createServer, request} = process.getBuiltinModule('node:http');
