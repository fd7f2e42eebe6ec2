export {
  FEATURES,
  loadNetwork,
  type Network,
  type NetworkDescription,
  refuseWithoutWeights,
  reloadNetwork,
  type WeightSource,
} from './network.ts';
export { channelsOf, networkInput } from './picture/network-input.ts';
export type { InferenceRuntime, InferenceSession } from './session/inference-session.ts';
export { type Picture, tumourSlice } from './slice/largest-slice.ts';
