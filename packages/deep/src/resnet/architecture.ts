/** A residual network in torchvision's layout: stem, four stages of blocks, global average pool. */
export interface Architecture {
  readonly name: string;
  readonly block: 'basic' | 'bottleneck';
  /** Blocks of each stage. */
  readonly layers: readonly [number, number, number, number];
  /** Channels of the stem; stage s works with width * 2^s. */
  readonly width: number;
}

/** Names of the networks that are built here. */
export const backbones = ['resnet18', 'resnet34', 'resnet50', 'resnet101', 'resnet152'] as const;
export type Backbone = (typeof backbones)[number];

/**
 * The residual networks of He et al. 2016 (table 1) as torchvision builds them: the stride of a bottleneck is in its
 * 3 x 3 convolution.
 */
export const architectures: Readonly<Record<Backbone, Architecture>> = {
  resnet18: { name: 'resnet18', block: 'basic', layers: [2, 2, 2, 2], width: 64 },
  resnet34: { name: 'resnet34', block: 'basic', layers: [3, 4, 6, 3], width: 64 },
  resnet50: { name: 'resnet50', block: 'bottleneck', layers: [3, 4, 6, 3], width: 64 },
  resnet101: { name: 'resnet101', block: 'bottleneck', layers: [3, 4, 23, 3], width: 64 },
  resnet152: { name: 'resnet152', block: 'bottleneck', layers: [3, 8, 36, 3], width: 64 },
};

/** A convolution with the batch normalisation behind it, by torchvision's names. */
export interface ConvolutionLayer {
  readonly convolution: string;
  readonly norm: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
}

/** One residual block: its branch, and the projection of its shortcut where shape changes. */
export interface ResidualBlock {
  readonly name: string;
  readonly branch: readonly ConvolutionLayer[];
  readonly shortcut: ConvolutionLayer | null;
}

const expansion = { basic: 1, bottleneck: 4 } as const;

/** Number of features that the global average pool leaves. */
export function featureCount({ block, width }: Architecture): number {
  return width * 8 * expansion[block];
}

export function stemOf({ width }: Architecture): ConvolutionLayer {
  return { convolution: 'conv1', norm: 'bn1', inputs: 3, outputs: width, kernel: 7, stride: 2 };
}

/** The residual blocks in order. */
export function blocksOf(architecture: Architecture): ResidualBlock[] {
  const { block, layers, width } = architecture;
  const found: ResidualBlock[] = [];
  let channels = width;
  layers.forEach((count, stage) => {
    const inner = width * 2 ** stage;
    const outer = inner * expansion[block];
    for (let index = 0; index < count; index++) {
      const stride = index === 0 && stage > 0 ? 2 : 1;
      const name = `layer${stage + 1}.${index}`;
      const kernels = block === 'basic' ? [3, 3] : [1, 3, 1];
      const strided = block === 'basic' ? 0 : 1;
      const branch = kernels.map(
        (kernel, at): ConvolutionLayer => ({
          convolution: `${name}.conv${at + 1}`,
          norm: `${name}.bn${at + 1}`,
          inputs: at === 0 ? channels : inner,
          outputs: at === kernels.length - 1 ? outer : inner,
          kernel,
          stride: at === strided ? stride : 1,
        }),
      );
      const shortcut: ConvolutionLayer | null =
        stride === 1 && channels === outer
          ? null
          : {
              convolution: `${name}.downsample.0`,
              norm: `${name}.downsample.1`,
              inputs: channels,
              outputs: outer,
              kernel: 1,
              stride,
            };
      found.push({ name, branch, shortcut });
      channels = outer;
    }
  });
  return found;
}

/** Name and shape of a trained tensor. */
export interface TensorShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Every trained tensor that the features need, in torchvision's order; the classifier `fc` is not among them. */
export function tensorsOf(architecture: Architecture): TensorShape[] {
  const layers = [
    stemOf(architecture),
    ...blocksOf(architecture).flatMap(({ branch, shortcut }) => [
      ...branch,
      ...(shortcut === null ? [] : [shortcut]),
    ]),
  ];
  return layers.flatMap(({ convolution, norm, inputs, outputs, kernel }) => [
    { name: `${convolution}.weight`, shape: [outputs, inputs, kernel, kernel] },
    ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => ({
      name: `${norm}.${part}`,
      shape: [outputs],
    })),
  ]);
}
