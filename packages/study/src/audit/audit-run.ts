import { NOTICE } from '../version.ts';
import type { Audit, AuditInput } from './audit.ts';
import { checks } from './checks/index.ts';

/** Runs every check. An empty list of findings means that nothing was found, not that there is nothing. */
export function auditRun(input: AuditInput): Audit {
  const results = checks.map((check) => ({ check, findings: check.check(input) }));
  return {
    notice: NOTICE,
    trail: input.trail,
    checks: results.map(({ check, findings }) => ({
      name: check.name,
      looksFor: check.looksFor,
      findings: findings.length,
    })),
    findings: results.flatMap(({ findings }) => findings),
    notComputed: [
      'the behavioural test (noise in place of every validation row): run `sentinode audit <run> --study study.yaml --behavioural`',
    ],
  };
}
