/** Trained values by torchvision's names, in C order. */
export type StateDict = ReadonlyMap<string, Float32Array>;
