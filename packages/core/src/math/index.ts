// Elementary functions of our own, from + - * / and bit access only: the same bits in every engine.
export { exp } from './exp.ts';
export { log, log1p, log2 } from './log.ts';
export { expm1, pow } from './power.ts';
export { cos, sin } from './sine.ts';

/** Square root; IEEE 754 defines it to the last bit, so the engine's is the same everywhere. */
export const sqrt = Math.sqrt;
