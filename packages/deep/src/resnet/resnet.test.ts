import { describe, expect, it } from 'vitest';
import { inProcess } from '../../../../apps/cli/src/adapters/inference-session/in-process.ts';
import { readBytes, readJson, reference } from '../../../../reference/locator.ts';
import { formulaInput, formulaWeights, relativeToLargest } from '../testing/formula.ts';
import { readTensors } from '../weights/containers/index.ts';
import { stateDict } from '../weights/state-dict.ts';
import { type Architecture, architectures, tensorsOf } from './architecture.ts';
import { resnetOnnx } from './graph.ts';

const { seed } = readJson<{ seed: number }>(reference('deep', 'config.json'));
const forward = readJson<Record<string, { gap_float64: number[][] }>>(
  reference('deep', 'tiny', 'expected_forward.json'),
);
const tiny: Record<string, Architecture> = {
  bottleneck: { name: 'tiny', block: 'bottleneck', layers: [1, 1, 1, 1], width: 8 },
  basic: { name: 'tiny', block: 'basic', layers: [1, 1, 1, 1], width: 8 },
};
/** Float32 arithmetic against torch in float64, relative to the largest feature. */
const TOLERANCE = 1e-6;

describe('residual networks against torchvision', () => {
  for (const [name, architecture] of Object.entries(tiny)) {
    it(`${name}: weights of the file, features`, async () => {
      const weights = stateDict(
        readTensors(readBytes(reference('deep', 'tiny', `${name}.safetensors`)), name),
        architecture,
        name,
      );
      const session = await inProcess(resnetOnnx(architecture, weights), name);
      for (const [index, expected] of forward[name]!.gap_float64.entries()) {
        const features = await session.run(formulaInput(seed, index, 32), [1, 3, 32, 32]);
        expect(relativeToLargest(features, expected)).toBeLessThan(TOLERANCE);
      }
      await session.close();
    });
    it(`${name}: the same weights by formula`, () => {
      const weights = stateDict(
        readTensors(readBytes(reference('deep', 'tiny', `${name}.safetensors`)), name),
        architecture,
        name,
      );
      for (const [tensor, values] of formulaWeights(architecture, seed))
        expect(weights.get(tensor)).toEqual(values);
    });
  }
  it('lists the tensors of ResNet-50', () => {
    const tensors = tensorsOf(architectures.resnet50);
    const trained = tensors.filter(({ name }) => !name.includes('running'));
    const count = trained.reduce(
      (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
      0,
    );
    expect(tensors).toHaveLength(265);
    expect(count).toBe(25_557_032 - (2048 * 1000 + 1000));
  });
});
