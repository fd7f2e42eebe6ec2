// Compiles the hot loops in `packages/*/assembly` (AssemblyScript) and writes each module, in base64, beside the
// TypeScript that calls it, so that Node and browsers load it without a file of its own. `npm run kernels` writes,
// with `--check` it only says whether what is committed is what the sources give.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const root = join(import.meta.dirname, '..');

/** Source and where its module goes. */
const modules = [
  ['packages/radiomics/assembly/texture.ts', 'packages/radiomics/src/kernels/texture/built.ts'],
  ['packages/radiomics/assembly/filters.ts', 'packages/radiomics/src/kernels/filters/built.ts'],
  ['packages/volume/assembly/bspline.ts', 'packages/volume/src/resample/interpolators/bspline/built.ts'],
  ['packages/learning/assembly/loops.ts', 'packages/learning/src/linear-algebra/compiled/built.ts'],
  ['packages/core/assembly/sha1.ts', 'packages/core/src/hash/sha1/built.ts'],
  ['packages/core/assembly/sha256.ts', 'packages/core/src/hash/sha256-stream/built.ts'],
];

/** @returns {Promise<Uint8Array>} the module of a source */
async function compile(source) {
  const outputs = new Map();
  const { error, stderr } = await asc.main(
    [source, '--runtime', 'stub', '-O3', '--noAssert', '--enable', 'simd', '--outFile', 'module.wasm'],
    {
      readFile: (name, base) => {
        try {
          return readFileSync(join(base, name), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (name, contents) => void outputs.set(name, contents),
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${source}: ${error.message}\n${stderr.toString()}`);
  return outputs.get('module.wasm');
}

function sourceOf(bytes, source) {
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,104}/g)
    .map((line) => `  '${line}'`);
  return [
    `/** Compiled from \`${source}\` by \`npm run kernels\`; not to be edited. */`,
    'export const built = [',
    `${lines.join(',\n')},`,
    "].join('');",
    '',
  ].join('\n');
}

let stale = 0;
for (const [source, target] of modules) {
  const text = sourceOf(await compile(source), source);
  const at = join(root, target);
  if (process.argv.includes('--check')) {
    if (readFileSync(at, 'utf8') === text) continue;
    stale++;
    console.error(`${target} is not what ${source} gives: run npm run kernels.`);
  } else {
    writeFileSync(at, text);
    console.log(`${target}: ${text.length} characters`);
  }
}
process.exitCode = stale === 0 ? 0 : 1;
