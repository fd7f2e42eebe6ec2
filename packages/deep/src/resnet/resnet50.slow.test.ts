import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeRuntime } from '../../../../apps/cli/src/adapters/inference-session/node-runtime.ts';
import { readCsv, readJson, reference } from '../../../../reference/locator.ts';
import { loadNetwork, reloadNetwork } from '../network.ts';
import type { InferenceSession } from '../session/inference-session.ts';
import { formulaInput, formulaWeights, relativeToLargest } from '../testing/formula.ts';
import { architectures } from './architecture.ts';
import { resnetOnnx } from './graph.ts';

const { seed } = readJson<{ seed: number }>(reference('deep', 'config.json'));

describe('ResNet-50 against torchvision', () => {
  let session: InferenceSession;
  beforeAll(async () => {
    session = await nodeRuntime(
      resnetOnnx(architectures.resnet50, formulaWeights(architectures.resnet50, seed)),
      'resnet50',
    );
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

/** Values inside the network by the reference's names. */
const stages = readJson<Record<string, { float64: Stage[] }>>(reference('deep', 'resnet50_stages.json'));
interface Stage {
  shape: number[];
  mean: number;
  std_ddof0: number;
  abs_max: number;
  share_zero: number;
  first16: number[];
  last16: number[];
}
const valueNamed = (stage: string): string =>
  ({ conv1: 'conv1.out', bn1_relu: 'bn1.out.relu', maxpool: 'maxpool.out', gap: 'features' })[stage] ??
  `${stage}.sum.relu`;

describe('every stage of ResNet-50 against torchvision', () => {
  it('has the shape, mean, spread, largest value, zeros and ends of its values', async () => {
    const watched = Object.keys(stages)
      .map(valueNamed)
      .filter((name) => name !== 'features');
    const { InferenceSession: Session, Tensor } = await import('onnxruntime-node');
    const session = await Session.create(
      resnetOnnx(architectures.resnet50, formulaWeights(architectures.resnet50, seed), watched),
    );
    const table: string[] = [];
    const worst = new Map<string, number>();
    for (const index of [0, 1, 2]) {
      const results = await session.run({
        input: new Tensor('float32', formulaInput(seed, index, 224), [1, 3, 224, 224]),
      });
      for (const [stage, { float64 }] of Object.entries(stages)) {
        const expected = float64[index]!;
        const { data, dims } = results[valueNamed(stage)]!;
        const values = Float64Array.from(data as Float32Array);
        expect(dims.slice(1)).toEqual(expected.shape);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        const differences = [
          mean - expected.mean,
          Math.sqrt(square) - expected.std_ddof0,
          values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) - expected.abs_max,
          ...expected.first16.map((value, at) => values[at]! - value),
          ...expected.last16.map((value, at) => values.at(at - 16)! - value),
        ].map((difference) => Math.abs(difference) / expected.abs_max);
        worst.set(stage, Math.max(worst.get(stage) ?? 0, ...differences));
        const zeros = values.filter((value) => value === 0).length / values.length;
        expect(Math.abs(zeros - expected.share_zero)).toBeLessThan(1e-4);
      }
    }
    await session.release();
    for (const [stage, difference] of worst) {
      table.push(`${stage.padEnd(10)} ${difference.toExponential(2)} of the largest value`);
      expect(difference).toBeLessThan(1e-5);
    }
    process.stdout.write(`${table.join('\n')}\n`);
  });
});

describe('seeded ResNet-50', () => {
  it('is made again from its seed and gives the same bits', async () => {
    const first = await loadNetwork({ kind: 'seeded', seed: 7, backbone: 'resnet50' }, nodeRuntime);
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
