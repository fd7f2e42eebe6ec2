import { type GraphNode, onnxOf } from '../onnx/model.ts';
import type { OnnxFile } from '../onnx/onnx-file.ts';
import type { StateDict } from '../weights/state-dict.ts';
import {
  type Architecture,
  blocksOf,
  type ConvolutionLayer,
  featureCount,
  stemOf,
  tensorsOf,
} from './architecture.ts';

/** torch.nn.BatchNorm2d's default. */
const NORM_EPSILON = 1e-5;

/**
 * The network with its weights as an ONNX file: input [n, 3, h, w], output [n, features]; no classifier.
 * @param watched values inside the network that it gives as well, [n, channels, rows, columns]
 */
export function resnetOnnx(
  architecture: Architecture,
  weights: StateDict,
  watched: readonly string[] = [],
): OnnxFile {
  const nodes: GraphNode[] = [];
  const add = (node: GraphNode): string => {
    nodes.push(node);
    return node.output;
  };
  const convolve = (input: string, layer: ConvolutionLayer): string => {
    const { convolution, norm, kernel, stride } = layer;
    const pad = (kernel - 1) / 2;
    const convolved = add({
      operator: 'Conv',
      inputs: [input, `${convolution}.weight`],
      output: `${convolution}.out`,
      attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: [pad, pad, pad, pad] },
    });
    return add({
      operator: 'BatchNormalization',
      inputs: [
        convolved,
        ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => `${norm}.${part}`),
      ],
      output: `${norm}.out`,
      attributes: { epsilon: { float: NORM_EPSILON } },
    });
  };
  const rectify = (input: string): string =>
    add({ operator: 'Relu', inputs: [input], output: `${input}.relu` });

  let current = rectify(convolve('input', stemOf(architecture)));
  current = add({
    operator: 'MaxPool',
    inputs: [current],
    output: 'maxpool.out',
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
  });
  for (const { name, branch, shortcut } of blocksOf(architecture)) {
    const identity = shortcut === null ? current : convolve(current, shortcut);
    branch.forEach((layer, index) => {
      current = convolve(current, layer);
      if (index < branch.length - 1) current = rectify(current);
    });
    current = rectify(add({ operator: 'Add', inputs: [current, identity], output: `${name}.sum` }));
  }
  const pooled = add({ operator: 'GlobalAveragePool', inputs: [current], output: 'avgpool.out' });
  add({ operator: 'Flatten', inputs: [pooled], output: 'features', attributes: { axis: { integer: 1 } } });
  return onnxOf({
    name: architecture.name,
    nodes,
    initializers: tensorsOf(architecture).map(({ name, shape }) => ({
      name,
      shape,
      data: () => weights.get(name)!,
    })),
    input: { name: 'input', shape: ['n', 3, 'height', 'width'] },
    outputs: [
      { name: 'features', shape: ['n', featureCount(architecture)] },
      ...watched.map((name) => ({ name, shape: ['n', 'channels', `${name}.rows`, `${name}.columns`] })),
    ],
  });
}
