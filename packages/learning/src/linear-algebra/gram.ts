import { columnBlock } from './column-block.ts';

/** Products of all pairs of equally long vectors, row-major. */
export function gramOf(vectors: readonly Float64Array[]): Float64Array {
  const block = columnBlock(vectors, vectors[0]?.length ?? 0);
  return block.gram().slice();
}
