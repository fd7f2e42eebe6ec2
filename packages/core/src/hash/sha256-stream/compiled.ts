import { assembly } from '../../assembly/assembly.ts';
import { built } from './built.ts';

/** What `assembly/sha256.ts` of this package exports; addresses and a number of blocks. */
interface HashLoops {
  addBlocks(state: number, constants: number, words: number, message: number, blocks: number): void;
}

const loaded = assembly<HashLoops>(built);

/** Bytes that are copied at a time. */
const PIECE = 1 << 20;
/** Bytes from which copying pays. */
const WORTH_COPYING = 1024;

/**
 * Adds whole blocks of 64 bytes to the state.
 * @returns false where plain TypeScript is to do it
 */
export function addBlocksCompiled(state: Int32Array, constants: Int32Array, bytes: Uint8Array): boolean {
  if (bytes.length < WORTH_COPYING) return false;
  const found = loaded();
  if (found === undefined) return false;
  const { loops, room } = found;
  room.clear();
  const atState = room.put(state);
  const atConstants = room.put(constants);
  const words = room.take(256);
  const message = room.take(PIECE);
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    room.view(Uint8Array, message, piece.length).set(piece);
    loops.addBlocks(atState, atConstants, words, message, piece.length / 64);
  }
  state.set(room.view(Int32Array, atState, state.length));
  return true;
}
