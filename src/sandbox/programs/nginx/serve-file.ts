import type {IncomingMessage, ServerResponse} from 'node:http';
import {posix} from 'node:path';
import type {IFileSystem} from 'just-bash';
import {version} from './version.ts';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'application/javascript',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
};

/** Answers with a file below `root`, with 403 for a directory without index.html, or with 404. @returns bytes sent */
export async function serveFile(
  files: IFileSystem,
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  response.setHeader('Server', `nginx/${version}`);
  if (request.method !== 'GET' && request.method !== 'HEAD') return sayStatus(response, 405, 'Not Allowed');
  const asked = posix.normalize(decoded(request.url ?? '/'));
  const path = posix.join(root, asked);
  const found = await files.stat(path).catch(() => undefined);
  if (!found) return sayStatus(response, 404, 'Not Found');
  if (!found.isDirectory) return sayFile(files, path, found.mtime, response);
  const index = posix.join(path, 'index.html');
  const page = await files.stat(index).catch(() => undefined);
  return page ? sayFile(files, index, page.mtime, response) : sayStatus(response, 403, 'Forbidden');
}

async function sayFile(
  files: IFileSystem,
  path: string,
  changed: Date,
  response: ServerResponse,
): Promise<number> {
  const content = await files.readFileBuffer(path);
  response.setHeader('Content-Type', types[posix.extname(path)] ?? 'application/octet-stream');
  response.setHeader('Content-Length', content.length);
  response.setHeader('Last-Modified', changed.toUTCString());
  response.setHeader(
    'ETag',
    `"${Math.floor(changed.getTime() / 1000).toString(16)}-${content.length.toString(16)}"`,
  );
  response.setHeader('Accept-Ranges', 'bytes');
  response.end(content);
  return content.length;
}

function sayStatus(response: ServerResponse, status: number, text: string): number {
  const page = `<html>\r\n<head><title>${status} ${text}</title></head>\r\n<body>\r\n<center><h1>${status} ${text}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`;
  response.writeHead(status, text, {'Content-Type': 'text/html', 'Content-Length': Buffer.byteLength(page)});
  response.end(page);
  return Buffer.byteLength(page);
}

/** What cannot be decoded stays as it is: there is no such file. */
function decoded(url: string): string {
  const [path = '/'] = url.split('?', 1);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
