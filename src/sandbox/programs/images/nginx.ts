import {nginx} from '../nginx/nginx.ts';
import type {Image, Program} from '../program.ts';
import {curl} from '../tools/curl.ts';
import {debianFiles, debianPrograms} from './debian-base.ts';
import {path, withPrograms} from './image.ts';

const welcome = `<!DOCTYPE html>
<html>
<head><title>Welcome to nginx!</title></head>
<body>
<h1>Welcome to nginx!</h1>
<p>This page comes from the simulated nginx of a sandbox. Put an index.html of your own in its place.</p>
</body>
</html>
`;

/** nginx 1.26 on Debian. */
export const nginxImage: Image = withEntrypoint(
  withPrograms(
    {
      names: ['nginx'],
      tags: [
        '1.26',
        'latest',
        '1.26.3',
        '1.27',
        '1.28',
        '1.29',
        'stable',
        'mainline',
        'alpine',
        '1.26-alpine',
        'stable-alpine',
      ],
      entrypoint: ['/docker-entrypoint.sh'],
      command: ['nginx', '-g', 'daemon off;'],
      env: {PATH: path, NGINX_VERSION: '1.26.3'},
      workingDirectory: '/',
      files: {
        ...debianFiles,
        '/usr/share/nginx/html/index.html': welcome,
        '/etc/nginx/nginx.conf':
          'user nginx;\nworker_processes auto;\nhttp {\n    include /etc/nginx/conf.d/*.conf;\n}\n',
        '/etc/nginx/conf.d/default.conf':
          'server {\n    listen 80;\n    location / {\n        root /usr/share/nginx/html;\n        index index.html;\n    }\n}\n',
        '/var/log/nginx/': '',
        '/var/cache/nginx/': '',
      },
      size: 71_000_000,
    },
    {...debianPrograms, nginx, curl},
  ),
);

/** The image's entrypoint starts what it is given. */
function withEntrypoint(image: Image): Image {
  const entrypoint: Program = async context => {
    const [first = '', ...rest] = context.argv.slice(1);
    const found = image.program(first);
    if (found) return found({...context, argv: [first, ...rest]});
    context.stderr.write(`/docker-entrypoint.sh: exec: ${first}: not found\n`);
    return 127;
  };
  const program: Image['program'] = name =>
    name === '/docker-entrypoint.sh' ? entrypoint : image.program(name);
  return {...image, program};
}
