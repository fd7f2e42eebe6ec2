import { onnxOf } from '../onnx/model.ts';
import { bytesOf } from '../onnx/onnx-file.ts';

/** A small .onnx file of a user: the sum of the means of the three colours times a weight, as some number of features. */
export function exported(features: number, side: number | string = 224, weight = 1): Uint8Array {
  const file = onnxOf({
    name: 'exported',
    nodes: [
      { operator: 'GlobalAveragePool', inputs: ['image'], output: 'means' },
      { operator: 'Conv', inputs: ['means', 'spread'], output: 'features' },
    ],
    initializers: [
      { name: 'spread', shape: [features, 3, 1, 1], data: () => new Float32Array(3 * features).fill(weight) },
    ],
    input: { name: 'image', shape: ['n', 3, side, side] },
    outputs: [{ name: 'features', shape: ['n', features, 1, 1] }],
  });
  return bytesOf(file);
}
