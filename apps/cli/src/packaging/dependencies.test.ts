import { readdirSync } from 'node:fs';
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

  it('have exact versions', () => {
    for (const path of [`${root}package.json`, ...workspaces]) {
      const { dependencies, devDependencies } = readJson<Manifest>(path);
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
        expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });
});
