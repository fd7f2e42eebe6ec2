import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../locator.ts';

interface Summary {
  readonly studies: number;
  readonly medianValidation: number;
  readonly intervalsThatHoldHalf: number;
}
const { summary } = readJson<{ summary: Record<string, Record<string, Summary>> }>(
  reference('effect-none', 'result.json'),
);

describe('the published pipeline on simulated tables, as kept', () => {
  it.each(['radiomics', 'dlr'])('finds nothing where there is nothing: %s', (model) => {
    const { studies, medianValidation, intervalsThatHoldHalf } = summary.none![model]!;
    expect(studies).toBe(200);
    expect(intervalsThatHoldHalf).toBeGreaterThanOrEqual(176);
    expect(medianValidation).toBeGreaterThan(0.45);
    expect(medianValidation).toBeLessThan(0.55);
  });
  it('finds a strong effect in patients it has not seen', () => {
    expect(summary.strong!.dlr!.studies).toBe(20);
    expect(summary.strong!.dlr!.medianValidation).toBeGreaterThan(0.8);
  });
});
