import { errorCatalogue } from '@sentinode/core';
import { featureClasses, ibsiFamilies, ibsiSchema, onlyByName, settingSchema } from '@sentinode/radiomics';
import { studySchema } from '@sentinode/study';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from './commands/index.ts';
import { exitCodeOf } from './terminal/failure.ts';

/** Pages printed from the code. `npm run docs` writes them; this suite fails when they are not up to date. */
const page = (name: string): string => new URL(`../../../docs/${name}`, import.meta.url).pathname;
const made = '<!-- Printed from the code by `npm run docs`; do not edit. -->';
const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly description?: string;
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map(String).join(', ');
  if (schema.const !== undefined) return String(schema.const);
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  if (schema.oneOf !== undefined) return [...new Set(schema.oneOf.map(typeOf))].join(' or ');
  if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map(typeOf).join(', ')}]`;
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  return schema.type ?? 'any';
}

/** One line per key, with dots for nesting and `*` for names that the user chooses. */
function keysOf(schema: JsonSchema, path: string): string[] {
  const nested = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return nested.flatMap((one) => [
    ...Object.entries(one.properties ?? {}).flatMap(([key, value]) => {
      const name = path === '' ? key : `${path}.${key}`;
      const fallback =
        value.default === undefined || typeof value.default === 'object' ? '' : String(value.default);
      return [row(`\`${name}\``, typeOf(value), fallback, value.description ?? ''), ...keysOf(value, name)];
    }),
    ...(typeof one.additionalProperties === 'object' ? keysOf(one.additionalProperties, `${path}.*`) : []),
  ]);
}

describe('printed documentation', () => {
  it('docs/errors.md', async () => {
    const rows = Object.entries(errorCatalogue).map(([code, { http, title, remedy }]) =>
      row(
        `\`${code}\``,
        title,
        remedy,
        String(exitCodeOf(code as keyof typeof errorCatalogue)),
        String(http),
      ),
    );
    const text = [
      made,
      '# Errors',
      '',
      'Every error is one sentence with its place (file, field, patient), a code of this list and an exit code: 1 some cases failed and the others are kept, 2 wrong usage or input, 75 interrupted and resumable. With `--json` it is one object on stderr: `{"error": {code, message, file?, field?, patient?, line?}}`.',
      '',
      row('code', 'what it means', 'what to do', 'exit', 'HTTP'),
      row('---', '---', '---', '---', '---'),
      ...rows,
      '',
    ].join('\n');
    await expect(text).toMatchFileSnapshot(page('errors.md'));
  });

  it('docs/reference/commands.md', async () => {
    const kinds = await Promise.all(commands.map(({ load }) => load()));
    expect(kinds.map(({ name }) => name)).toEqual(commands.map(({ name }) => name));
    const sections = kinds.map((kind) => {
      const command = new Command(kind.name)
        .configureHelp({ helpWidth: 110 })
        .configureOutput({ getOutHelpWidth: () => 110 });
      kind.declare(command, async () => undefined);
      let help = '';
      command
        .configureOutput({
          writeOut: (text) => {
            help += text;
          },
        })
        .outputHelp();
      return `## ${kind.name}\n\n\`\`\`text\n${help.replace(`Usage: ${kind.name}`, `Usage: sentinode ${kind.name}`).trim()}\n\`\`\`\n`;
    });
    await expect(
      [
        made,
        '# Commands',
        '',
        'Every command takes `--json` (machine-readable output), `--quiet` (no progress) and `--verbose`.',
        '',
        ...sections,
      ].join('\n'),
    ).toMatchFileSnapshot(page('reference/commands.md'));
  });

  it('docs/reference/features.md', async () => {
    const sections = featureClasses.map(({ name, features }) =>
      [
        `## ${name}`,
        '',
        row('feature', 'formula'),
        row('---', '---'),
        ...features.map((one) =>
          row(onlyByName.includes(one.name) ? `${one.name} *` : one.name, `\`${one.formula}\``),
        ),
        '',
      ].join('\n'),
    );
    const intro =
      'Definitions of PyRadiomics; eps is 2^-52. i, j are bin numbers, p probabilities over occupied bins, Ng the highest bin. Features marked * are measured only when a parameter file names them.';
    await expect([made, '# Features', '', intro, '', ...sections].join('\n')).toMatchFileSnapshot(
      page('reference/features.md'),
    );
  });

  it.each([
    {
      file: 'study-file.md',
      title: 'Study file',
      intro:
        'Every key of `study.yaml`; an unknown key is an error. A guide with a whole file: `docs/guide/study-file.md`.',
      schema: studySchema,
      key: 'key',
    },
    {
      file: 'parameter-file.md',
      title: 'Settings of a parameter file',
      intro:
        'The part `setting` of a PyRadiomics parameter file. A setting that changes nothing where it stands is reported as a warning; an unknown one is an error.',
      schema: settingSchema,
      key: 'setting',
    },
    {
      file: 'ibsi-parameter-file.md',
      title: 'IBSI parameter file',
      intro:
        'Every key of a parameter file with `standard: ibsi`; an unknown key is an error. A guide with whole files: `docs/guide/ibsi.md`.',
      schema: ibsiSchema,
      key: 'key',
    },
  ])('docs/reference/$file', async ({ file, title, intro, schema, key }) => {
    const keys = keysOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, '');
    const head = [row(key, 'value', 'default', 'meaning'), row('---', '---', '---', '---')];
    await expect(
      [made, `# ${title}`, '', intro, '', ...head, ...new Set(keys), ''].join('\n'),
    ).toMatchFileSnapshot(page(`reference/${file}`));
  });

  it('docs/reference/ibsi-features.md', async () => {
    const sections = ibsiFamilies.flatMap(({ title, name, code, aggregations, features }) => [
      `## ${title} (\`${name}\`, ${code})`,
      '',
      ...(aggregations.length === 0
        ? []
        : [
            `Ends of the names: ${aggregations.map((one) => `\`_${one.suffix}\` (${one.title}, ${one.code})`).join(', ')}.`,
            '',
          ]),
      row('name', 'code', 'feature', 'formula'),
      row('---', '---', '---', '---'),
      ...features.map((one) => row(`\`${one.tag}\``, one.code, one.title, `\`${one.formula}\``)),
      '',
    ]);
    const intro =
      'Definitions of the IBSI reference manual (`standard: ibsi`). Names are the tags of its reference value tables, codes its permanent ones; the JSON output gives the code of every feature, that of the aggregation after a point. Nv voxels of the intensity mask, Ng grey levels, Ns entries counted by a matrix; P percentiles.';
    await expect([made, '# IBSI features', '', intro, '', ...sections].join('\n')).toMatchFileSnapshot(
      page('reference/ibsi-features.md'),
    );
  });
});
