// What Maven asks of this folder: `install`, `bundle` or `check`. Each is skipped when its inputs are
// as they were: a stamp in target/ holds their fingerprint. `true` as a later argument skips all
// (-Dui.skip=true, -DskipTests).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fingerprint } from './inputs.mjs';

const CONFIG = ['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json'];
const STAGES = {
  install: {
    inputs: ['package.json', 'package-lock.json', '.npmrc'],
    needs: 'node_modules/.package-lock.json',
    stamp: 'node_modules/.oriel-installed', // leaves with the folder it speaks of
    commands: [['npm', 'ci', '--no-progress', '--loglevel=error']],
  },
  bundle: {
    inputs: [...CONFIG, 'index.html', 'public', 'src', 'build'],
    needs: 'target/classes/oriel-ui/index.html',
    stamp: 'target/stamps/bundle',
    commands: [['npm', 'run', '--silent', 'build']],
  },
  check: {
    inputs: [...CONFIG, 'eslint.config.js', '.prettierrc.json', 'src', 'build', 'dev'],
    needs: 'package.json',
    stamp: 'target/stamps/check',
    commands: [
      ['npm', 'run', '--silent', 'typecheck'],
      ['npm', 'run', '--silent', 'lint'],
      ['npm', 'run', '--silent', 'test'],
    ],
  },
};

const [name, ...skips] = process.argv.slice(2);
const stage = STAGES[name];
if (!skips.includes('true')) run(stage);

function run({ inputs, needs, stamp, commands }) {
  const now = fingerprint(inputs);
  if (existsSync(needs) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  rmSync(stamp, { force: true });
  for (const [command, ...args] of commands) {
    const done = spawnSync(command, args, { stdio: 'inherit' });
    if (done.error)
      fail(
        `${command} could not be started (${done.error.message}); install Node 20 or later with npm`,
      );
    if (done.status !== 0)
      fail(`"${[command, ...args].join(' ')}" failed; run it in ui/ to see more`);
  }
  mkdirSync('target/stamps', { recursive: true });
  writeFileSync(stamp, now);
}

function fail(sentence) {
  console.error(`ui: ${sentence}`);
  process.exit(1);
}
