type Numbers = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;
type Kind<A> = {
  new (buffer: ArrayBuffer, offset: number, length: number): A;
  readonly BYTES_PER_ELEMENT: number;
};

const PAGE = 65536;
/** Bytes of one vector, on which every array starts, and of slack behind each, which whole vectors may read. */
const VECTOR = 16;

/**
 * The memory of a compiled module: arrays are laid one behind the other from a mark upwards and all forgotten at the
 * next `clear`. It grows when it must and is then kept, so that a process pays for it once.
 */
export class Room {
  readonly #memory: WebAssembly.Memory;
  readonly #base: number;
  #top: number;

  constructor(memory: WebAssembly.Memory, base: number) {
    this.#memory = memory;
    this.#base = align(base);
    this.#top = this.#base;
  }

  /** Forgets what lies above a mark; without one everything. */
  clear(mark = this.#base): void {
    this.#top = mark;
  }

  /** Where the next array would lie. */
  get mark(): number {
    return this.#top;
  }

  /** Room for so many bytes; what is in it is not defined. @returns its address */
  take(bytes: number): number {
    const at = this.#top;
    this.#top = align(at + bytes + VECTOR);
    const missing = this.#top + VECTOR - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  /** Makes sure that the next arrays of so many bytes, slack included, do not move the memory. */
  reserve(bytes: number): void {
    const mark = this.#top;
    this.take(bytes);
    this.#top = mark;
  }

  /** Where an array lies that `view` gave, if the memory has not moved since. */
  addressOf(values: Numbers): number | undefined {
    return values.buffer === this.#memory.buffer ? values.byteOffset : undefined;
  }

  /** Room filled with zeros. */
  takeZeros(bytes: number): number {
    const at = this.take(bytes);
    new Uint8Array(this.#memory.buffer, at, bytes).fill(0);
    return at;
  }

  /** A copy of an array. @returns its address */
  put(values: Numbers): number {
    const at = this.take(values.byteLength);
    const Same = values.constructor as Kind<Numbers>;
    (this.view(Same, at, values.length) as Uint8Array).set(values as Uint8Array);
    return at;
  }

  /** The numbers at an address; not to be read after the next `take`, which may move the memory. */
  view<A extends Numbers>(Of: Kind<A>, at: number, length: number): A {
    return new Of(this.#memory.buffer as ArrayBuffer, at, length);
  }
}

const align = (at: number): number => Math.ceil(at / VECTOR) * VECTOR;
