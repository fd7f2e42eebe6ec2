import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeRuntime } from '../../../../apps/cli/src/adapters/inference-session/node-runtime.ts';
import { readCsv, readJson, reference } from '../../../../reference/locator.ts';
import { loadNetwork, reloadNetwork } from '../network.ts';
import type { InferenceSession } from '../session/inference-session.ts';
import { formulaInput, formulaWeights, relativeToLargest } from '../testing/formula.ts';
import { resnet50 } from './architecture.ts';
import { resnetOnnx } from './graph.ts';

const { seed } = readJson<{ seed: number }>(reference('deep', 'config.json'));

describe('ResNet-50 against torchvision', () => {
  let session: InferenceSession;
  beforeAll(async () => {
    session = await nodeRuntime(resnetOnnx(resnet50, formulaWeights(resnet50, seed)), 'resnet50');
  });
  afterAll(() => session.close());

  it.each([0, 1, 2])('features of input %i', async (index) => {
    const expected = readCsv(reference('deep', 'resnet50_features.csv')).map((row) =>
      Number(row[`float64_${index}`]),
    );
    const features = await session.run(formulaInput(seed, index, 224), [1, 3, 224, 224]);
    const difference = relativeToLargest(features, expected);
    process.stdout.write(
      `ResNet-50 input ${index}: largest difference ${difference.toExponential(2)} of the largest feature\n`,
    );
    expect(difference).toBeLessThan(1e-5);
  });
});

describe('seeded ResNet-50', () => {
  it('is made again from its seed and gives the same bits', async () => {
    const first = await loadNetwork({ kind: 'seeded', seed: 7 }, nodeRuntime);
    const again = await reloadNetwork(first.description, null, nodeRuntime);
    const input = formulaInput(seed, 0, 224);
    const features = await first.features(input);
    expect(await again.features(input)).toEqual(features);
    expect(features.filter((value) => value > 0).length).toBeGreaterThan(1000);
    expect(Math.max(...features)).toBeLessThan(1e4);
    await expect(
      reloadNetwork({ ...first.description, options: { seed: 8 } }, null, nodeRuntime),
    ).rejects.toMatchObject({ code: 'bundle-invalid' });
    await Promise.all([first.close(), again.close()]);
  });
});
