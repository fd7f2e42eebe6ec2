import { isSentinodeError } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { inProcess } from '../../../apps/cli/src/adapters/inference-session/in-process.ts';
import { readBytes, readJson, reference } from '../../../reference/locator.ts';
import { loadNetwork, refuseWithoutWeights, reloadNetwork } from './network.ts';
import { wholeFile } from './onnx/onnx-file.ts';
import { ProtobufWriter } from './onnx/protobuf.ts';
import { exported } from './testing/exported.ts';
import { formulaInput, relativeToLargest } from './testing/formula.ts';

const { seed } = readJson<{ seed: number }>(reference('deep', 'config.json'));
const area = 224 * 224;
const FEATURES = 2048;

/** A file whose output is in half precision. */
function halfPrecision(): Uint8Array {
  const value = (name: string, type: number): ProtobufWriter =>
    new ProtobufWriter()
      .text(1, name)
      .message(2, new ProtobufWriter().message(1, new ProtobufWriter().integer(1, type)));
  const to = new ProtobufWriter().text(1, 'to').integer(3, 10).integer(20, 2);
  const node = new ProtobufWriter().text(1, 'image').text(2, 'half').text(4, 'Cast').message(5, to);
  const graph = new ProtobufWriter()
    .message(1, node)
    .text(2, 'half')
    .message(11, value('image', 1))
    .message(12, value('half', 10));
  return new ProtobufWriter()
    .integer(1, 8)
    .message(7, graph)
    .message(8, new ProtobufWriter().text(1, '').integer(2, 13))
    .finish();
}

const load = (file: string, bytes: Uint8Array) =>
  loadNetwork({ kind: 'file', backbone: 'resnet50', file, read: async () => bytes }, inProcess);

describe('an .onnx file of a user', () => {
  it('is run as it is, and again from a bundle', async () => {
    const bytes = exported(FEATURES);
    const network = await load('mine.ONNX', bytes);
    expect(await network.onnx!()).toBe(bytes);
    expect(network.description).toMatchObject({ weights: 'mine.ONNX', pretrained: true, options: null });
    const features = await network.features(new Float32Array(3 * area).fill(2));
    expect(features).toEqual(new Float64Array(FEATURES).fill(6));
    const again = await reloadNetwork(network.description, bytes, inProcess);
    expect(await again.features(new Float32Array(3 * area).fill(2))).toEqual(features);
    await Promise.all([network.close(), again.close()]);
    await expect(reloadNetwork(network.description, exported(FEATURES, 224, 2), inProcess)).rejects.toThrow(
      'not the one that the model was fitted with',
    );
    await expect(reloadNetwork(network.description, null, inProcess)).rejects.toThrow('lacks the network');
  });
  it.each([
    ['with its classifier', 'w.onnx', exported(1000), 'still has its classifier'],
    ['of another network', 'w.onnx', exported(512), 'gives 512 values'],
    ['with values that are not finite', 'w.onnx', exported(FEATURES, 224, Number.NaN), 'not finite'],
    ['for other pictures', 'w.onnx', exported(FEATURES, 256), 'does not take pictures of shape'],
    ['in half precision', 'w.onnx', halfPrecision(), 'must take one float32 input'],
    ['cut off', 'w.onnx', exported(FEATURES).subarray(0, 9000), 'cut off or damaged'],
    ['empty', 'w.onnx', new Uint8Array(0), 'no ONNX model'],
    ['of another format', 'w.pth', exported(FEATURES), 'none of the kinds that hold weights'],
  ])('is refused when loaded: %s', async (_, file, bytes, message) => {
    const refusal = await load(file, bytes).catch((error: unknown) => error);
    expect(isSentinodeError(refusal, 'weights-invalid')).toBe(true);
    expect(refusal).toMatchObject({ place: { file } });
    expect(String(refusal)).toContain(message);
  });
  it('asks for weights where none are named', () => {
    expect(refuseWithoutWeights).toThrow(expect.objectContaining({ code: 'weights-missing' }));
  });
});

describe('files that torch exported', () => {
  const forward = readJson<Record<string, { logits_float64: number[][] }>>(
    reference('deep', 'tiny', 'expected_forward.json'),
  );
  it.each([
    ['basic.onnx', 'basic'],
    ['basic.unfused.onnx', 'basic'],
    ['bottleneck.onnx', 'bottleneck'],
  ])('%s gives the logits of torch', async (file, name) => {
    const session = await inProcess(wholeFile(readBytes(reference('deep', 'tiny', file))), file);
    for (const [index, expected] of forward[name]!.logits_float64.entries()) {
      const logits = await session.run(formulaInput(seed, index, 32), [1, 3, 32, 32]);
      expect(relativeToLargest(logits, expected)).toBeLessThan(1e-5);
    }
    await session.close();
  });
});
