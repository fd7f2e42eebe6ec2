import { z } from 'zod';
import type { DerivationRule } from '../rule.ts';
import { apcr } from './apcr/index.ts';
import { her2 } from './her2/index.ts';
import { ki67 } from './ki67/index.ts';
import { receptor } from './receptor/index.ts';
import { subtype } from './subtype/index.ts';

/** All rules. */
export const derivationRules = [receptor, her2, ki67, subtype, apcr] as const;

/** Options as the rules share them, beside their own. */
export interface SharedOptions {
  readonly levels?: Readonly<Record<string, string | number | boolean>>;
  readonly supplied?: string;
  readonly prefer: 'derived' | 'supplied';
}

/** A rule by name with its options, as a study file writes it: `{receptor: {percent: er_percent, cut-off: 1}}`. */
export const derivationSchema = z.union([
  z.strictObject({ receptor: receptor.options }),
  z.strictObject({ her2: her2.options }),
  z.strictObject({ ki67: ki67.options }),
  z.strictObject({ subtype: subtype.options }),
  z.strictObject({ apcr: apcr.options }),
]);
export type Derivation = z.output<typeof derivationSchema>;

/** Rule and options of a declaration. */
export function ruleOf(derivation: Derivation): { rule: DerivationRule; options: SharedOptions } {
  const [name, options] = Object.entries(derivation)[0]!;
  return { rule: derivationRules.find((rule) => rule.name === name)! as DerivationRule, options };
}
