import { loadNetwork } from '@sentinode/deep';
import { browserRuntime } from './browser-runtime.ts';

async function fetched(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/**
 * Deep features of pictures, in the page. The weights are what the command takes: .onnx, .safetensors or .pth.
 * @param pictures addresses of float32 values [3, 224, 224], little-endian
 */
export async function featuresOf(weights: string, pictures: readonly string[]): Promise<Float64Array[]> {
  const network = await loadNetwork(
    { kind: 'file', backbone: 'resnet50', file: weights, read: () => fetched(weights) },
    browserRuntime,
  );
  try {
    const features: Float64Array[] = [];
    for (const picture of pictures) {
      const { buffer } = await fetched(picture);
      features.push(await network.features(new Float32Array(buffer as ArrayBuffer)));
    }
    return features;
  } finally {
    await network.close();
  }
}

Object.assign(globalThis, { featuresOf });
