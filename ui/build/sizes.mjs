// What a browser loads, brotli, by route, against the budget; over it the build fails.
import { existsSync, readFileSync, statSync } from 'node:fs';

const folder = 'target/classes/oriel-ui';
const manifest = JSON.parse(readFileSync('target/manifest.json', 'utf8'));
const KB = 1000;

/** Entry points by what opens them; later ones are told as what they add to the shell. */
const ROUTES = [
  { name: 'shell and Home', entry: ['index.html'], js: 240, css: 30 },
  { name: 'Targets', entry: ['src/targets/TargetsPage.tsx'], js: 30, css: 5 },
  { name: 'Series', entry: ['src/series/SeriesPage.tsx'], js: 30, css: 5 },
  { name: 'Settings', entry: ['src/settings/SettingsPage.tsx'], js: 30, css: 5 },
  {
    name: 'Explore with editor and chart',
    entry: ['src/explore/ExplorePage.tsx', 'src/explore/Editor.tsx', 'src/explore/Graph.tsx'],
    js: 175,
    css: 8,
  },
  {
    name: 'dashboard',
    entry: ['src/dashboards/BoardPage.tsx', /^src\/panels\/[a-z]+\/index\.tsx$/],
    js: 260,
    css: 12,
  },
  { name: 'list of dashboards', entry: ['src/dashboards/ListPage.tsx'], js: 30, css: 5 },
];
const FONTS_KB = 90;

const shell = closure(['index.html']);
let over = false;
for (const { name, entry, js, css } of ROUTES) {
  const all = closure(entry);
  const own = name === ROUTES[0].name ? all : new Set([...all].filter((file) => !shell.has(file)));
  tell(name, sum(own, '.js'), js, 'JavaScript');
  tell(name, sum(own, '.css'), css, 'CSS');
}
tell(
  'fonts',
  sum(new Set(Object.values(manifest).map(({ file }) => file)), '.woff2'),
  FONTS_KB,
  '',
);
process.exit(over ? 1 : 0);

function tell(name, bytes, budget, kind) {
  const line = `${name.padEnd(30)} ${kind.padEnd(10)} ${(bytes / KB).toFixed(1).padStart(7)} kB of ${budget}`;
  if (bytes > budget * KB) {
    over = true;
    console.error(`${line}: over the budget (build/sizes.mjs)`);
  } else if (process.argv.includes('--tell')) console.log(line);
}

/** The files that some entries need before they can run. */
function closure(entries, seen = new Set()) {
  const keys = Object.keys(manifest).filter((key) =>
    entries.some((entry) => (typeof entry === 'string' ? key === entry : entry.test(key))),
  );
  for (const key of keys) {
    const { file, css = [], imports = [] } = manifest[key];
    if (seen.has(file)) continue;
    seen.add(file);
    css.forEach((sheet) => seen.add(sheet));
    closure(imports, seen);
  }
  return seen;
}

function sum(files, ending) {
  return [...files]
    .filter((file) => file.endsWith(ending))
    .reduce((bytes, file) => bytes + weight(file), 0);
}

function weight(file) {
  const path = `${folder}/${file}`;
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
}
