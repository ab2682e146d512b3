/** The part of spdy-transport 3 that is used here; the package brings no types. */
declare module 'spdy-transport/lib/spdy-transport/protocol/spdy/dictionary.js' {
  /** By version of the protocol: the words that header compression knows from the start. */
  const dictionary: Record<string, Buffer>;
  export default dictionary;
}
