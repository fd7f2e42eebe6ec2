import { canonicalJson, SentinodeError, sha256 } from '@sentinode/core';
import { extractionHash } from '../bundle/bundle.ts';
import { measureStudy } from '../engine/measure-study.ts';
import { prepareStudy } from '../engine/prepare-study.ts';
import type { StudyHost } from '../host/study-host.ts';
import { included } from '../ledger/ledger.ts';
import type { LockedModel } from '../models/locked-model.ts';
import { featureLookup } from '../models/patient-tables.ts';
import { clinicalValuesOf, clinicalVariablesOf } from '../predict/score-patient.ts';
import type { Study } from '../study-file/options.ts';
import type { ValidationPatient } from './validate-model.ts';

/**
 * All patients of a study who take part, whatever its split, measured as the study file says; it must say what the locked
 * model was made with.
 * @throws SentinodeError `protocol-differs` for other settings, network, visits or sequences than those of the model
 */
export async function patientsOfStudy(
  model: LockedModel,
  study: Study,
  host: StudyHost,
): Promise<{ patients: ValidationPatient[]; excluded: { id: string; reason: string }[]; banners: string[] }> {
  const { adjacent: _, augmentation: __, ...deep } = study.deep;
  const prepared = await prepareStudy({ ...study, models: [model.name], deep }, host);
  const measured = await measureStudy(prepared, host);
  await refuseOtherProtocol(model, measured.acquisition);
  const lookup = featureLookup({
    radiomics: measured.radiomics,
    deep: measured.deep,
    clinical: prepared.clinical,
  });
  const needed = [...(model.radiomics?.columns ?? []), ...(model.deep?.inputs ?? [])];
  const variables = clinicalVariablesOf(model);
  const excluded = measured.ledger.rows.flatMap(({ id, exclusion }) =>
    exclusion === null ? [] : [{ id, reason: `${exclusion.step}: ${exclusion.reason}` }],
  );
  const patients: ValidationPatient[] = [];
  for (const { id, outcome } of included(measured.ledger)) {
    const feature = lookup(id);
    const lacking = needed.find((name) => feature(name) === undefined);
    if (lacking !== undefined) excluded.push({ id, reason: `${lacking} has no value` });
    else
      patients.push({
        id,
        outcome: outcome as 0 | 1,
        feature,
        clinical: clinicalValuesOf(variables, prepared.clinical.values.get(id) ?? {}),
      });
  }
  return { patients, excluded, banners: [...measured.banners] };
}

async function refuseOtherProtocol(
  model: LockedModel,
  acquisition: LockedModel['acquisition'],
): Promise<void> {
  const differs = (what: string, field: string): never => {
    throw new SentinodeError(
      'protocol-differs',
      `The study file says another ${what} than the locked model was made with; its images would be measured otherwise. Take it over from the study that made the model.`,
      { field },
    );
  };
  const own = model.acquisition;
  if (own === null || acquisition === null) return;
  if ((await extractionHash({ acquisition })) !== (await extractionHash(model)))
    differs('set of extraction settings', 'radiomics.params');
  const same = async (of: (one: NonNullable<typeof own>) => unknown): Promise<boolean> => {
    const [a, b] = await Promise.all(
      [own, acquisition].map((one) => sha256(canonicalJson(JSON.parse(JSON.stringify(of(one) ?? null))))),
    );
    return a === b;
  };
  if (!(await same(({ visits }) => visits))) differs('list of visits', 'images.visits');
  if (!(await same(({ sequences }) => sequences))) differs('list of sequences', 'images.sequences');
  if (!(await same(({ delta }) => delta))) differs('list of delta pairs', 'images.delta');
  if (!(await same(({ region }) => region))) differs('rule for lesions', 'images.masks');
  if (model.deep !== null) {
    if (!(await same(({ network }) => network))) differs('network', 'deep');
    if (!(await same(({ slices, picture }) => ({ slices, picture })))) differs('way to cut pictures', 'deep');
  }
}
