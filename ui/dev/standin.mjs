// A stand-in for the server, to work on the pages without one: serves what was built, answers Oriel's
// own API with made-up data, and passes PromQL on to a real Prometheus.
//   node dev/standin.mjs PORT [PROMETHEUS] [BASE PATH]
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { oriel } from './fixtures.mjs';

const [port = '23081', prometheus = 'http://127.0.0.1:9090', base = '/'] = process.argv.slice(2);
const folder = new URL('../target/classes/oriel-ui', import.meta.url).pathname;
const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

createServer((call, answer) => {
  const url = new URL(call.url, 'http://localhost');
  if (!url.pathname.startsWith(base)) return send(answer, 404, { error: `not below ${base}` });
  const path = url.pathname.slice(base.length);
  if (path.startsWith('api/v1/oriel/')) return own(path.slice('api/v1/oriel/'.length), answer);
  if (path.startsWith('api/')) return pass(call, `${prometheus}/${path}${url.search}`, answer);
  return file(path, answer);
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}${base}`));

function own(path, answer) {
  const [name, ...rest] = path.split('/').map(decodeURIComponent);
  const body = oriel(name, rest);
  if (body === undefined) send(answer, 404, { status: 'error', error: `no ${path}` });
  else send(answer, 200, body);
}

function pass(call, address, answer) {
  const onward = request(
    address,
    { method: call.method, headers: { ...call.headers, 'accept-encoding': 'identity' } },
    (reply) => {
      answer.writeHead(reply.statusCode, { 'content-type': reply.headers['content-type'] ?? '' });
      reply.pipe(answer);
    },
  );
  onward.on('error', (error) => send(answer, 502, { status: 'error', error: error.message }));
  call.pipe(onward);
}

function file(path, answer) {
  const found = join(folder, normalize(`/${path}`));
  if (path !== '' && existsSync(found) && extname(found)) {
    answer.writeHead(200, { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream' });
    createReadStream(found).pipe(answer);
    return;
  }
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  answer.writeHead(200, { 'content-type': 'text/html' });
  answer.end(page.replace('<head>', `<head><base href="${base}">`));
}

function send(answer, status, body) {
  answer.writeHead(status, { 'content-type': 'application/json' });
  answer.end(JSON.stringify(body));
}
