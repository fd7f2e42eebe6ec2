import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../../reference/locator.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const workspaces = ['packages', 'apps'].flatMap((folder) =>
  readdirSync(`${root}${folder}`).map((name) => `${root}${folder}/${name}/package.json`),
);

describe('dependencies', () => {
  const top = readJson<Manifest>(`${root}package.json`);

  it('of the packed program are those of the workspaces, version for version', () => {
    const wanted = new Map(
      workspaces.flatMap((path) =>
        Object.entries(readJson<Manifest>(path).dependencies ?? {}).filter(
          ([name]) => !name.startsWith('@sentinode/'),
        ),
      ),
    );
    expect(Object.entries(top.dependencies!).sort()).toEqual([...wanted].sort());
  });

  it('of pages and figures are loaded by commands that make some, as they take half of the start', () => {
    const source = fileURLToPath(new URL('../', import.meta.url));
    const early = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.test)\.ts$/.test(name))
      .filter((name) =>
        /^import (?!type).*@sentinode\/report'/m.test(readFileSync(join(source, name), 'utf8')),
      );
    expect(early).toEqual([]);
  });

  it('have exact versions', () => {
    for (const path of [`${root}package.json`, ...workspaces]) {
      const { dependencies, devDependencies } = readJson<Manifest>(path);
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
        expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });
});
