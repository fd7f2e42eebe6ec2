import { modelName } from '../../text/model-names.ts';
import { aucEstimate, decimal } from '../../text/numbers.ts';
import { sizes } from '../../text/sizes.ts';
import type { ReportTable } from '../report-table.ts';

const absent = 'see "Gap to the other profile" under what is not computed';

/** What both profiles claim of the same patients. */
export const profiles = {
  name: 'profiles',
  from: ['/profiles/claims'],
  title: 'What each profile claims for the same patients',
  note: (results) =>
    `${sizes(results)}; both profiles on the split of this run. Validation AUC: DeLong 95 % CI.`,
  cells: ({ profiles: compared }) =>
    compared === null
      ? { missing: absent }
      : {
          columns: [
            'Model',
            'Profile',
            'Classifier',
            'Predictors',
            'Training AUC',
            'which is',
            'Validation AUC',
          ],
          rows: [...compared.claims]
            .sort((a, b) => order(compared.claims, a.model) - order(compared.claims, b.model))
            .map((claim) => [
              modelName(claim.model),
              claim.profile,
              claim.classifier,
              String(claim.predictors.length),
              decimal(claim.training.auc),
              claim.training.what,
              aucEstimate(claim.validation),
            ]),
        },
} satisfies ReportTable;

const order = (claims: readonly { readonly model: string }[], model: string): number =>
  claims.findIndex((claim) => claim.model === model);

/** Why the profiles differ, model by model. */
export const profileReasons = {
  name: 'profile-reasons',
  from: ['/profiles/reasons'],
  title: 'Why the profiles differ',
  note: () => 'Read off the two fits.',
  cells: ({ profiles: compared }) =>
    compared === null
      ? { missing: absent }
      : compared.reasons.length === 0
        ? { missing: 'the two profiles fit the same models' }
        : {
            columns: ['Model', 'Reason'],
            rows: compared.reasons.map(({ model, message }) => [modelName(model), message]),
          },
} satisfies ReportTable;
