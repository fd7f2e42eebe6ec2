import type { OnnxFile } from './onnx-file.ts';
import { ProtobufWriter } from './protobuf.ts';

/** Attribute of a node: whole numbers, one whole number, or a float. */
type Attribute = readonly number[] | { readonly integer: number } | { readonly float: number };

/** One operation of a graph. */
export interface GraphNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** Trained values of a graph. */
interface Initializer {
  readonly name: string;
  readonly shape: readonly number[];
  /** In C order; asked for whenever the file is written out. */
  readonly data: () => Float32Array;
}

/** A value that goes in or out, with the sizes that are known. */
interface Port {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

/** A graph of float values with one input. */
export interface Graph {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly initializers: readonly Initializer[];
  readonly input: Port;
  readonly outputs: readonly Port[];
}

/** Numbers of the ONNX format (onnx.proto, IR version 8, operator set 13). */
const IR_VERSION = 8;
const OPERATOR_SET = 13;
const FLOAT = 1;
const ATTRIBUTE = { float: 1, int: 2, ints: 7 } as const;

/** A graph as an ONNX file. */
export function onnxOf(graph: Graph): OnnxFile {
  const body = new ProtobufWriter();
  for (const node of graph.nodes) body.message(1, nodeMessage(node));
  body.text(2, graph.name);
  for (const tensor of graph.initializers) body.message(5, tensorMessage(tensor));
  body.message(11, valueMessage(graph.input));
  for (const output of graph.outputs) body.message(12, valueMessage(output));
  return new ProtobufWriter()
    .integer(1, IR_VERSION)
    .text(2, 'sentinode')
    .message(7, body)
    .message(8, new ProtobufWriter().text(1, '').integer(2, OPERATOR_SET))
    .file();
}

function nodeMessage({ operator, inputs, output, attributes }: GraphNode): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const input of inputs) message.text(1, input);
  message.text(2, output).text(3, output).text(4, operator);
  for (const [name, value] of Object.entries(attributes ?? {}))
    message.message(5, attributeMessage(name, value));
  return message;
}

function attributeMessage(name: string, value: Attribute): ProtobufWriter {
  const message = new ProtobufWriter().text(1, name);
  if ('float' in value) return message.float(2, value.float).integer(20, ATTRIBUTE.float);
  if ('integer' in value) return message.integer(3, value.integer).integer(20, ATTRIBUTE.int);
  for (const number of value) message.integer(8, number);
  return message.integer(20, ATTRIBUTE.ints);
}

function tensorMessage({ name, shape, data }: Initializer): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const size of shape) message.integer(1, size);
  const length = 4 * shape.reduce((product, size) => product * size, 1);
  return message
    .integer(2, FLOAT)
    .text(8, name)
    .bytes(9, { length, make: () => littleEndian(data()) });
}

/** Raw data of a tensor is little-endian whatever the machine. */
function littleEndian(data: Float32Array): Uint8Array {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 1)
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const bytes = new Uint8Array(data.byteLength);
  const view = new DataView(bytes.buffer);
  data.forEach((value, index) => {
    view.setFloat32(4 * index, value, true);
  });
  return bytes;
}

function valueMessage({ name, shape }: Port): ProtobufWriter {
  const dimensions = new ProtobufWriter();
  for (const size of shape) {
    const dimension = new ProtobufWriter();
    dimensions.message(1, typeof size === 'number' ? dimension.integer(1, size) : dimension.text(2, size));
  }
  const tensor = new ProtobufWriter().integer(1, FLOAT).message(2, dimensions);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
}
