import type {IncomingHttpHeaders} from 'node:http';

/** A request without its connection. */
export interface ApiRequest {
  /** Upper case. */
  method: string;
  /** Decoded segments, without empty ones. */
  path: readonly string[];
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /**
   * All of the body, at once.
   * @throws StatusError 413 when it is larger than the API takes
   */
  body(): Promise<Buffer>;
}

/**
 * The path and query of a URL as HTTP requests carry it.
 * @throws URIError when a segment is badly escaped
 */
export function parseUrl(url: string): Pick<ApiRequest, 'path' | 'query'> {
  const {pathname, searchParams} = new URL(`https://sandbox${url}`);
  return {path: pathname.split('/').filter(Boolean).map(decodeURIComponent), query: searchParams};
}
