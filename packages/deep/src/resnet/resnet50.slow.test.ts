import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProcess } from '../../../../apps/cli/src/adapters/inference-session/in-process.ts';
import { loadRuntime } from '../../../../apps/cli/src/adapters/inference-session/runtime.ts';
import { readCsv, readJson, reference } from '../../../../reference/locator.ts';
import { loadNetwork, reloadNetwork } from '../network.ts';
import { bytesOf } from '../onnx/onnx-file.ts';
import type { InferenceSession } from '../session/inference-session.ts';
import { formulaInput, formulaWeights, relativeToLargest } from '../testing/formula.ts';
import { formulaFile } from '../testing/safetensors-file.ts';
import {
  type StageSummary,
  stageDifference,
  summariseStage,
  valueOfStage,
} from '../testing/stage-summary.ts';
import { architectures } from './architecture.ts';
import { resnetOnnx } from './graph.ts';

const { seed } = readJson<{ seed: number }>(reference('deep', 'config.json'));

describe('ResNet-50 against torchvision', () => {
  let session: InferenceSession;
  beforeAll(async () => {
    session = await inProcess(
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
const stages = readJson<Record<string, { float64: StageSummary[] }>>(
  reference('deep', 'resnet50_stages.json'),
);

describe('every stage of ResNet-50 against torchvision', () => {
  it('has the shape, mean, spread, largest value, zeros and ends of its values', async () => {
    const watched = Object.keys(stages)
      .map(valueOfStage)
      .filter((name) => name !== 'features');
    const { InferenceSession: Session, Tensor } = await loadRuntime();
    const session = await Session.create(
      bytesOf(resnetOnnx(architectures.resnet50, formulaWeights(architectures.resnet50, seed), watched)),
    );
    for (const index of [0, 1, 2]) {
      const results = await session.run({
        input: new Tensor('float32', formulaInput(seed, index, 224), [1, 3, 224, 224]),
      });
      for (const [stage, { float64 }] of Object.entries(stages)) {
        const expected = float64[index]!;
        const { data, dims } = results[valueOfStage(stage)]!;
        const found = summariseStage(data as Float32Array, dims);
        expect(found.shape).toEqual(expected.shape);
        expect(Math.abs(found.share_zero - expected.share_zero), stage).toBeLessThan(1e-4);
        expect(stageDifference(found, expected), stage).toBeLessThan(1e-5);
      }
    }
    await session.release();
  });
});

describe('seeded ResNet-50', () => {
  it('is made again from its seed and gives the same bits', async () => {
    const first = await loadNetwork({ kind: 'seeded', seed: 7, backbone: 'resnet50' }, inProcess);
    const again = await reloadNetwork(first.description, null, inProcess);
    const input = formulaInput(seed, 0, 224);
    const features = await first.features(input);
    expect(await again.features(input)).toEqual(features);
    expect(features.filter((value) => value > 0).length).toBeGreaterThan(1000);
    expect(Math.max(...features)).toBeLessThan(1e4);
    await expect(
      reloadNetwork({ ...first.description, options: { seed: 8 } }, null, inProcess),
    ).rejects.toMatchObject({ code: 'bundle-invalid' });
    await Promise.all([first.close(), again.close()]);
  });
});

it('weights that are not finite are refused with their tensor, as the network is written out', async () => {
  const bytes = formulaFile('resnet18', seed);
  new DataView(bytes.buffer).setFloat32(bytes.length - 4, Number.NaN, true);
  await expect(
    loadNetwork(
      { kind: 'file', backbone: 'resnet18', file: 'w.safetensors', read: async () => bytes },
      inProcess,
    ),
  ).rejects.toMatchObject({
    code: 'weights-invalid',
    message: expect.stringContaining('not finite'),
    place: { file: 'w.safetensors', field: expect.stringMatching(/^layer4\.1\.bn2\./) },
  });
});
