import { type Architecture, architectures, type Backbone, tensorsOf } from '../resnet/architecture.ts';
import type { StateDict } from '../weights/state-dict.ts';
import { formulaWeights } from './formula.ts';

/** Weights as the bytes of a .safetensors file, as a user brings it. */
export function safetensorsFile(architecture: Architecture, weights: StateDict): Uint8Array {
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const { name, shape } of tensorsOf(architecture)) {
    const begin = end;
    end += weights.get(name)!.byteLength;
    header[name] = { dtype: 'F32', shape, data_offsets: [begin, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  let at = 8 + text.length;
  for (const { name } of tensorsOf(architecture))
    for (const value of weights.get(name)!) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  return bytes;
}

/** The bytes of a .safetensors file of one of torchvision's networks with the formula's weights. */
export function formulaFile(backbone: Backbone, seed: number): Uint8Array {
  return safetensorsFile(architectures[backbone], formulaWeights(architectures[backbone], seed));
}
