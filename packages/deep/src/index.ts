export {
  type BackboneName,
  backboneNames,
  declaredNetworkSchema,
  type NetworkInterface,
} from './backbone.ts';
export {
  loadNetwork,
  type Network,
  type NetworkDescription,
  refuseWithoutWeights,
  reloadNetwork,
  type WeightSource,
} from './network.ts';
export { checkModel, type ModelSummary } from './onnx/check-model.ts';
export { bytesOf, type OnnxFile, wholeFile } from './onnx/onnx-file.ts';
export { type Augmentation, augment, drawAugmentation } from './picture/augmentation/augment.ts';
export { type AugmentationOptions, augmentationSchema } from './picture/augmentation/options.ts';
export { channelsOf, networkInput } from './picture/network-input.ts';
export { type PictureOptions, pictureSchema, publishedPicture } from './picture/options.ts';
export type { Picture } from './picture/picture.ts';
export {
  type ColourPicture,
  type SequenceImage,
  slicesTakenAgain,
  visitPictures,
} from './picture/visit-pictures.ts';
export { type Backbone, backbones } from './resnet/architecture.ts';
export type { InferenceRuntime, InferenceSession, Ports } from './session/inference-session.ts';
export { type OnnxRuntime, onnxInference, openSession } from './session/onnx-runtime.ts';
export { tumourSlice } from './slice/largest-slice.ts';
export {
  type ImportedWeights,
  importWeights,
  type PublishedWeights,
  publishedWeights,
  type WeightsRecord,
} from './weights/import/index.ts';
