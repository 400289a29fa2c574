#!/usr/bin/env node
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

if (existsSync(path.join(import.meta.dirname, '..', 'dist', 'main.js'))) {
  await import('../dist/main.js');
} else {
  process.stderr.write('Billet is not built yet: run "npm run build" first ("npm start" does).\n');
  process.exitCode = 1;
}
