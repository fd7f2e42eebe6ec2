// Deterministic elementary functions; correctly specified in each file.
export const sqrt = Math.sqrt;
export const exp = Math.exp;
export const log = Math.log;
export const log2 = Math.log2;
export const log1p = Math.log1p;
export const expm1 = Math.expm1;
export const pow = Math.pow;
export const sin = Math.sin;
export const cos = Math.cos;
