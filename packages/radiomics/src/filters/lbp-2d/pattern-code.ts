export type PatternMethod = 'uniform' | 'default' | 'ror' | 'nri_uniform' | 'var';

/** Code of the neighbours of a voxel with a value. */
export type PatternCode = (texture: Float64Array, centre: number) => number;

/** Number of a pattern under a method of scikit-image. @param samples neighbours, at most 31 */
export function patternCode(method: PatternMethod, samples: number): PatternCode {
  const bits = new Uint8Array(samples);
  const compare = (texture: Float64Array, centre: number): void => {
    for (let k = 0; k < samples; k++) bits[k] = texture[k]! - centre >= 0 ? 1 : 0;
  };
  const code = codes[method];
  return (texture, centre) => {
    compare(texture, centre);
    return code(bits, texture);
  };
}

const count = (bits: Uint8Array): number => bits.reduce((sum, bit) => sum + bit, 0);

/** Changes between neighbours, without the step from the last to the first. */
function changes(bits: Uint8Array): number {
  let found = 0;
  for (let k = 1; k < bits.length; k++) if (bits[k] !== bits[k - 1]) found++;
  return found;
}

const asNumber = (bits: Uint8Array): number => bits.reduce((sum, bit, k) => sum + bit * 2 ** k, 0);

function uniform(bits: Uint8Array): number {
  return changes(bits) <= 2 ? count(bits) : bits.length + 1;
}

const codes: Readonly<Record<PatternMethod, (bits: Uint8Array, texture: Float64Array) => number>> = {
  uniform,
  default: asNumber,
  ror: (bits) => {
    const top = 2 ** (bits.length - 1);
    let rotated = asNumber(bits);
    let least = rotated;
    for (let k = 1; k < bits.length; k++) {
      rotated = Math.floor(rotated / 2) + (rotated % 2) * top;
      least = Math.min(least, rotated);
    }
    return least;
  },
  nri_uniform: (bits) => {
    const samples = bits.length;
    if (changes(bits) > 2) return samples * (samples - 1) + 2;
    const ones = count(bits);
    if (ones === 0) return 0;
    if (ones === samples) return samples * (samples - 1) + 1;
    const firstOne = bits.indexOf(1);
    const turn = firstOne === 0 ? ones - bits.indexOf(0) : samples - firstOne;
    return 1 + (ones - 1) * samples + turn;
  },
  var: (_, texture) => {
    // in the reference's order: whether the rounding of equal neighbours leaves exactly 0 decides if there is a value
    let sum = 0;
    let squares = 0;
    for (const value of texture) {
      sum += value;
      squares += value * value;
    }
    const variance = (squares - (sum * sum) / texture.length) / texture.length;
    return variance === 0 ? Number.NaN : variance;
  },
};
