// Puts .br and .gz beside every asset that shrinks, so the server sends them as they are.
import { readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { filesBelow } from './inputs.mjs';

const folder = 'target/classes/oriel-ui';
const compressible = /\.(js|css|html|svg|json|txt)$/;

// Which file needs which: for build/sizes.mjs, not for the jar.
renameSync(`${folder}/.vite/manifest.json`, 'target/manifest.json');
rmdirSync(`${folder}/.vite`);

for (const file of filesBelow([folder])) {
  if (!compressible.test(file)) continue;
  if (file.endsWith('index.html')) continue; // the server writes the base path into it first
  const bytes = readFileSync(file);
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  if (brotli.length < bytes.length) writeFileSync(`${file}.br`, brotli);
  const gzip = gzipSync(bytes, { level: 9 });
  if (gzip.length < bytes.length) writeFileSync(`${file}.gz`, gzip);
}
