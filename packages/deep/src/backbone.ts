import { z } from 'zod';
import { architectures, backbones, featureCount } from './resnet/architecture.ts';

const channel = z.number();
const three = z.tuple([channel, channel, channel]);

/** Mean and standard deviation of ImageNet's red, green and blue, as torchvision's networks were trained with. */
const imageNet = { mean: [0.485, 0.456, 0.406], sd: [0.229, 0.224, 0.225] } as const;

/** A feature extractor of the user: any ONNX network that takes one picture and gives one row of values. */
export const declaredNetworkSchema = z.strictObject({
  input: z.string().optional().describe('name of the input; the only one when left out'),
  output: z.string().optional().describe('name of the output with the features; the only one when left out'),
  features: z.number().int().positive().describe('number of features that it gives'),
  side: z.number().int().min(8).max(2048).default(224).describe('width and height of its picture, pixels'),
  mean: three.default([...imageNet.mean]).describe('subtracted from each channel of a picture in 0..1'),
  sd: three.default([...imageNet.sd]).describe('each channel is divided by it'),
  channels: z.enum(['RGB', 'BGR']).default('RGB').describe('order of the channels'),
});

/** How a network takes its pictures and what it gives; recorded in every model made with it. */
export type NetworkInterface = z.output<typeof declaredNetworkSchema>;

/** Names that `deep.backbone` takes. */
export const backboneNames = [...backbones, 'onnx'] as const;
export type BackboneName = (typeof backboneNames)[number];

/** The interface of torchvision's residual networks, with ImageNet's mean and standard deviation. */
export function interfaceOf(backbone: (typeof backbones)[number]): NetworkInterface {
  return declaredNetworkSchema.parse({ features: featureCount(architectures[backbone]) });
}
