import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../reference/locator.ts';
import { checkModel } from './check-model.ts';
import { ProtobufWriter } from './protobuf.ts';

const expected = readJson<Record<string, { ops: string[] }>>(reference('deep', 'tiny', 'expected_onnx.json'));

/** A model of some nodes and tensors. */
function model(
  nodes: readonly ProtobufWriter[],
  tensors: readonly ProtobufWriter[] = [],
  sets: readonly [string, number][] = [['', 13]],
): Uint8Array {
  const graph = new ProtobufWriter();
  for (const node of nodes) graph.message(1, node);
  for (const tensor of tensors) graph.message(5, tensor);
  const whole = new ProtobufWriter().integer(1, 8).message(7, graph);
  for (const [domain, version] of sets)
    whole.message(8, new ProtobufWriter().text(1, domain).integer(2, version));
  return whole.finish();
}
const node = (operator: string, domain = ''): ProtobufWriter =>
  new ProtobufWriter().text(1, 'x').text(2, 'y').text(4, operator).text(7, domain);
const entry = (key: string, value: string): ProtobufWriter =>
  new ProtobufWriter().text(1, key).text(2, value);

describe('an ONNX file before it is loaded', () => {
  it.each(Object.entries(expected))('%s: operators, input, output', (file, { ops }) => {
    const summary = checkModel(readBytes(reference('deep', 'tiny', file)), file);
    expect([...summary.operators].sort()).toEqual(ops);
    expect(summary.inputs).toHaveLength(1);
    expect(summary.outputs).toHaveLength(1);
  });
  const inner = new ProtobufWriter()
    .text(1, 'body')
    .message(6, new ProtobufWriter().message(1, node('Relu')));
  it.each([
    ['a loop', model([node('Loop')]), 'weights-unsafe', /Loop/],
    ['a branch', model([node('If')]), 'weights-unsafe', /If/],
    ['a scan', model([node('Scan')]), 'weights-unsafe', /Scan/],
    ['a graph inside a node', model([node('Odd').message(5, inner)]), 'weights-unsafe', /graph of its own/],
    ['an operator of others', model([node('Gelu', 'com.microsoft')]), 'weights-unsafe', /com\.microsoft/],
    [
      'an operator set of others',
      model(
        [],
        [],
        [
          ['', 13],
          ['org.example', 1],
        ],
      ),
      'weights-unsafe',
      /org\.example/,
    ],
    [
      'weights in another file',
      model([], [new ProtobufWriter().text(8, 'w').message(13, entry('location', '../../secret.bin'))]),
      'weights-unsafe',
      /"w" lie in another file/,
    ],
    [
      'a constant in another file',
      model([
        node('Constant').message(
          5,
          new ProtobufWriter().text(1, 'value').message(5, new ProtobufWriter().text(8, 'c').integer(14, 1)),
        ),
      ]),
      'weights-unsafe',
      /"c" lie in another file/,
    ],
    [
      'an operator set of the future',
      model([node('Relu')], [], [['', 99]]),
      'weights-invalid',
      /operator set 99/,
    ],
    ['text', new TextEncoder().encode('no model'), 'weights-invalid', /no ONNX model/],
    ['nothing', new Uint8Array(0), 'weights-invalid', /no ONNX model/],
  ])('%s is refused', (_, bytes, code, sentence) => {
    const check = (): unknown => checkModel(bytes, 'w.onnx');
    expect(check).toThrow(
      expect.objectContaining({ code, place: expect.objectContaining({ file: 'w.onnx' }) }),
    );
    expect(check).toThrow(sentence);
  });
});
