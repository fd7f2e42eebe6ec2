import { bytesOfBase64 } from './base64.ts';
import { Room } from './room.ts';

/** A compiled module of hot loops, ready to be called. */
export interface Assembly<Loops> {
  readonly loops: Loops;
  /** Where arrays are put for the loops. */
  readonly room: Room;
}

/** First address that loops may use: they have no data of their own, and address 0 stays free. */
const FIRST_ADDRESS = 1024;

let wanted = true;

/**
 * Chooses between the compiled loops and plain TypeScript, for tests and benchmarks: both give the same bits.
 * @param use false for plain TypeScript everywhere
 */
export function useAssembly(use: boolean): void {
  wanted = use;
}

/**
 * The loops of a module that was built from the `assembly` folder beside it, compiled at first use. The answer is
 * undefined where the engine has no 128-bit WebAssembly, and after `useAssembly(false)`: callers then run the plain
 * TypeScript of the same kernel.
 * @param built the module in base64
 */
export function assembly<Loops>(built: string): () => Assembly<Loops> | undefined {
  let made: Assembly<Loops> | undefined;
  let tried = false;
  return () => {
    if (!wanted) return undefined;
    if (!tried) {
      tried = true;
      made = instantiate(built);
    }
    return made;
  };
}

function instantiate<Loops>(built: string): Assembly<Loops> | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  const bytes = bytesOfBase64(built);
  // false where a type or instruction is unknown, such as vectors in an old engine
  if (!WebAssembly.validate(bytes)) return undefined;
  const exports = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  return { loops: exports as Loops, room: new Room(exports.memory as WebAssembly.Memory, FIRST_ADDRESS) };
}
