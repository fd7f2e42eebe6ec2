import type { FittedStep } from '@sentinode/learning';
import type { LockedModel } from '../models/locked-model.ts';
import { NOTICE } from '../version.ts';

/** A finding of the audit. */
export interface AuditFinding {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'leak';
  readonly where: string;
  readonly rows: readonly string[];
  readonly message: string;
}

/** What was compared and found. */
export interface Audit {
  readonly notice: string;
  /** Each fitted object with the number of rows it saw. */
  readonly fitted: readonly { readonly where: string; readonly rows: number }[];
  readonly findings: readonly AuditFinding[];
  /** Checks that this version does not make. */
  readonly notComputed: readonly string[];
}

/**
 * Compares the row ids that every fitted object recorded with the split. This shows what the objects report of
 * themselves; the behavioural test (noise in place of the validation rows) is not made by this version, and said so.
 */
export function auditRows(
  steps: readonly { readonly block: string; readonly steps: readonly FittedStep[] }[],
  models: readonly LockedModel[],
  validation: readonly string[],
): Audit {
  const held = new Set(validation);
  const objects = [
    ...steps.flatMap(({ block, steps: fitted }) =>
      fitted.map((step) => ({ where: `${block} selection: ${step.step}`, rows: step.rows })),
    ),
    ...models.map((model) => ({
      where: `model ${model.name}: ${model.classifier.classifier}`,
      rows: model.classifier.rows,
    })),
  ];
  const findings = objects.flatMap(({ where, rows }): AuditFinding[] => {
    const leaked = rows.filter((row) => held.has(row));
    if (leaked.length === 0) return [];
    return [
      {
        code: 'fitted-on-validation',
        severity: 'leak',
        where,
        rows: leaked,
        message: `${where} was fitted on ${leaked.length} validation patients.`,
      },
    ];
  });
  return {
    notice: NOTICE,
    fitted: objects.map(({ where, rows }) => ({ where, rows: rows.length })),
    findings,
    notComputed: [
      'behavioural audit (noise in place of the validation rows)',
      'examination of supplied feature tables',
      'groups of rows',
    ],
  };
}
