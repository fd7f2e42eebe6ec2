import { SentinodeError } from '@sentinode/core';
import { type AllowedGlobal, allowedGlobal, Ignored } from './allowed.ts';
import { ByteReader } from './byte-reader.ts';

/** What stands in a pickle, and where the next one begins. */
export interface Unpickled {
  readonly value: unknown;
  readonly end: number;
}

/** Turns a persistent id, which torch uses for storages, into a value. */
export type PersistentLoad = (id: unknown, fail: (message: string) => never) => unknown;

const MARK = Symbol('mark');
type Machine = {
  readonly reader: ByteReader;
  readonly stack: unknown[];
  readonly memo: Map<number, unknown>;
  readonly persistent: PersistentLoad;
  readonly file: string;
  readonly fail: (message: string) => never;
};

/** Most values that may stand on the stack or in the memo; torchvision's largest network needs some thousand. */
const MOST_VALUES = 1_000_000;

/**
 * Reads a pickle without running anything: numbers, texts, lists and dicts as plain values, and the few names of
 * `allowed.ts`. Any other name or instruction is refused.
 * Source: the instructions as Python's pickletools documents them, protocols 0 to 5.
 * @throws SentinodeError `weights-unsafe`, `weights-invalid`
 */
export function unpickle(
  bytes: Uint8Array,
  start: number,
  file: string,
  persistent: PersistentLoad,
): Unpickled {
  const fail = (message: string): never => {
    throw new SentinodeError('weights-invalid', message, { file });
  };
  const reader = new ByteReader(bytes, start, fail);
  const machine: Machine = { reader, stack: [], memo: new Map(), persistent, file, fail };
  for (;;) {
    const code = reader.byte();
    if (code === STOP) return { value: pop(machine), end: reader.position };
    const step = instructions.get(code);
    if (step === undefined)
      throw new SentinodeError(
        'weights-unsafe',
        `The file has a pickle instruction (0x${code.toString(16)}) that no weights need; nothing of it was run.`,
        { file },
      );
    step(machine);
    if (machine.stack.length > MOST_VALUES || machine.memo.size > MOST_VALUES)
      fail('The file holds far more values than any network; it is damaged.');
  }
}

const STOP = 0x2e;

function pop({ stack, fail }: Machine): unknown {
  const value = stack.length > 0 ? stack.pop() : MARK;
  return value === MARK ? fail('The pickle in the file is damaged.') : value;
}

/** Everything above the last mark, which goes too. */
function popMark({ stack, fail }: Machine): unknown[] {
  const mark = stack.lastIndexOf(MARK);
  if (mark < 0) fail('The pickle in the file is damaged.');
  const values = stack.splice(mark);
  return values.slice(1);
}

function tuple(machine: Machine, count: number): void {
  const values = Array.from({ length: count }, () => pop(machine)).reverse();
  machine.stack.push(values);
}

function setItems(machine: Machine, pairs: readonly unknown[]): void {
  const target = machine.stack.at(-1);
  if (pairs.length % 2 !== 0) machine.fail('The pickle in the file is damaged.');
  if (target instanceof Ignored) return;
  if (!(target instanceof Map)) {
    machine.fail('The pickle in the file is damaged.');
    return;
  }
  for (let at = 0; at < pairs.length; at += 2) target.set(pairs[at], pairs[at + 1]);
}

function append(machine: Machine, values: readonly unknown[]): void {
  const target = machine.stack.at(-1);
  if (!Array.isArray(target)) {
    machine.fail('The pickle in the file is damaged.');
    return;
  }
  for (const value of values) target.push(value);
}

function global(machine: Machine, module: string, name: string): void {
  machine.stack.push(allowedGlobal(module, name, machine.file));
}

/** Calls one of the allowed names. */
function reduce(machine: Machine): void {
  const parameters = pop(machine);
  const { call } = (pop(machine) ?? {}) as Partial<AllowedGlobal>;
  machine.stack.push(
    Array.isArray(parameters) && typeof call === 'function'
      ? call(parameters, machine.fail)
      : machine.fail('The pickle in the file is damaged.'),
  );
}

/** The state of an object: only that of a dict (torch's notes on versions) and of what is ignored anyway. */
function build(machine: Machine): void {
  pop(machine);
  const target = machine.stack.at(-1);
  if (!(target instanceof Map) && !(target instanceof Ignored))
    machine.fail('The file sets the state of an object that is no dict.');
}

function remember({ memo, stack }: Machine, key: number): void {
  memo.set(key, stack.at(-1));
}

function recall({ memo, stack, fail }: Machine, key: number): void {
  if (!memo.has(key)) fail('The pickle in the file is damaged.');
  stack.push(memo.get(key));
}

/** Whole numbers and truth values in text form. */
function wholeNumber({ reader, fail }: Machine): number | boolean {
  const text = reader.line();
  if (text === '00' || text === '01') return text === '01';
  return /^-?\d+L?$/.test(text) ? Number.parseInt(text, 10) : fail('The pickle in the file is damaged.');
}

function decimal({ reader, fail }: Machine): number {
  const value = Number.parseFloat(reader.line());
  return Number.isNaN(value) ? fail('The pickle in the file is damaged.') : value;
}

const push =
  (read: (reader: ByteReader, machine: Machine) => unknown) =>
  (machine: Machine): void => {
    machine.stack.push(read(machine.reader, machine));
  };

/** Instructions by their code. */
const instructions: ReadonlyMap<number, (machine: Machine) => void> = new Map<
  number,
  (machine: Machine) => void
>([
  // frame and protocol
  [0x80, ({ reader }) => void reader.byte()],
  [0x95, ({ reader }) => void reader.uint64()],
  // numbers, texts, constants
  [0x49, push((_, machine) => wholeNumber(machine))],
  [0x4c, push((_, machine) => wholeNumber(machine))],
  [0x46, push((_, machine) => decimal(machine))],
  [0x4a, push((reader) => reader.int32())],
  [0x4b, push((reader) => reader.byte())],
  [0x4d, push((reader) => reader.uint16())],
  [0x8a, push((reader) => reader.long(reader.byte()))],
  [0x8b, push((reader) => reader.long(reader.uint32()))],
  [0x47, push((reader) => reader.float64())],
  [0x58, push((reader) => reader.text(reader.uint32()))],
  [0x8c, push((reader) => reader.text(reader.byte()))],
  [0x8d, push((reader) => reader.text(reader.uint64()))],
  [0x55, push((reader) => reader.text(reader.byte()))],
  [0x54, push((reader) => reader.text(reader.uint32()))],
  [0x56, push((reader) => reader.line())],
  [0x43, push((reader) => reader.slice(reader.byte()))],
  [0x42, push((reader) => reader.slice(reader.uint32()))],
  [0x8e, push((reader) => reader.slice(reader.uint64()))],
  [0x4e, push(() => null)],
  [0x88, push(() => true)],
  [0x89, push(() => false)],
  // lists, tuples, dicts, sets
  [0x5d, push(() => [])],
  [0x29, push(() => [])],
  [0x7d, push(() => new Map())],
  [0x28, push(() => MARK)],
  [0x6c, (machine) => void machine.stack.push(popMark(machine))],
  [0x74, (machine) => void machine.stack.push(popMark(machine))],
  [0x85, (machine) => tuple(machine, 1)],
  [0x86, (machine) => tuple(machine, 2)],
  [0x87, (machine) => tuple(machine, 3)],
  [
    0x64,
    (machine) => {
      const pairs = popMark(machine);
      machine.stack.push(new Map());
      setItems(machine, pairs);
    },
  ],
  [0x61, (machine) => append(machine, [pop(machine)])],
  [0x65, (machine) => append(machine, popMark(machine))],
  [
    0x73,
    (machine) => {
      const value = pop(machine);
      setItems(machine, [pop(machine), value]);
    },
  ],
  [0x75, (machine) => setItems(machine, popMark(machine))],
  // stack and memo
  [0x30, (machine) => void pop(machine)],
  [0x31, (machine) => void popMark(machine)],
  [0x32, (machine) => void machine.stack.push(machine.stack.at(-1))],
  [0x70, (machine) => remember(machine, Number.parseInt(machine.reader.line(), 10))],
  [0x71, (machine) => remember(machine, machine.reader.byte())],
  [0x72, (machine) => remember(machine, machine.reader.uint32())],
  [0x94, (machine) => remember(machine, machine.memo.size)],
  [0x67, (machine) => recall(machine, Number.parseInt(machine.reader.line(), 10))],
  [0x68, (machine) => recall(machine, machine.reader.byte())],
  [0x6a, (machine) => recall(machine, machine.reader.uint32())],
  // names, calls, storages
  [
    0x63,
    (machine) => {
      const module = machine.reader.line();
      global(machine, module, machine.reader.line());
    },
  ],
  [
    0x93,
    (machine) => {
      const name = pop(machine);
      global(machine, String(pop(machine)), String(name));
    },
  ],
  [0x52, reduce],
  [0x81, reduce],
  [0x62, build],
  [0x51, (machine) => void machine.stack.push(machine.persistent(pop(machine), machine.fail))],
]);
