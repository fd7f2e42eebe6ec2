#!/usr/bin/env node
// Committed, so that npm can link it before anything is built; the program itself is made by `npm run build`.
import { existsSync } from 'node:fs';

const program = new URL('../dist/main.js', import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  console.error('sentinode is not built yet: run `npm run build` in its folder.');
  process.exitCode = 2;
}
