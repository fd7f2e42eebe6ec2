import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const packages = fileURLToPath(new URL('../../../', import.meta.url));
/** Engines differ in the last bits of these; square roots, absolute values and rounding are exact everywhere. */
const differing =
  /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot)\b/;
/** A power that is no number, or a fraction; powers of 2 and small whole powers are exact. */
const fractionalPower = /(?<!\b2 )\*\*\s*\(?-?(\d*\.\d|[a-z(])/i;

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!['node_modules', 'dist', 'testing'].includes(entry.name)) yield* sources(path);
    } else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts')) yield path;
  }
}

it.each(['core', 'volume', 'radiomics'])(
  'packages/%s takes no elementary function from the engine',
  (name) => {
    const files = [...sources(join(packages, name, 'src'))];
    expect(files.length).toBeGreaterThan(15);
    const found = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line))
        .filter((line) => differing.test(line) || fractionalPower.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  },
);
