/** How much the simulated measurements know about the outcome. */
export type Effect = 'none' | 'paper' | 'strong';

export const effects = ['none', 'paper', 'strong'] as const satisfies readonly Effect[];

/**
 * Distance between the mean latent response of patients with and without apCR, in standard deviations of each. A
 * perfect reading of the response would have an AUC of Phi(distance / sqrt 2): 0.94 and 0.99. With `none` the response
 * is drawn as with `paper` and the outcomes are permuted afterwards, so that nothing knows them.
 */
export const responseDistance: Readonly<Record<Effect, number>> = { none: 2.2, paper: 2.2, strong: 3.2 };
