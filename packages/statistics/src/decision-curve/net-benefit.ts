/** Odds of a threshold probability: what a false alarm costs in hits. */
export const oddsOf = (threshold: number): number => threshold / (1 - threshold);

/** Net benefit per patient from shares of all patients. */
export const netBenefit = (hits: number, alarms: number, threshold: number): number =>
  hits - alarms * oddsOf(threshold);
