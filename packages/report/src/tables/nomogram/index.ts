import { modelName } from '../../text/model-names.ts';
import { decimal, significant } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

/** Points of every tick of every linear model. */
export const nomogramPoints = {
  name: 'nomogram',
  from: ['/models/*/nomogram'],
  title: 'Nomogram points',
  note: ({ models }) =>
    models
      .flatMap(({ name, nomogram }) =>
        nomogram === null
          ? []
          : [
              `${modelName(name)}: linear predictor = ${significant(nomogram.intercept, 8)} + total points / ${significant(nomogram.scale, 8)} (${nomogram.method}; ${nomogram.n} patients, ${nomogram.events} events).`,
            ],
      )
      .join(' '),
  onlyInFile: true,
  cells: ({ models }) =>
    models.every((model) => model.nomogram === null)
      ? { missing: 'no model is linear with a predictor' }
      : {
          columns: ['Model', 'Predictor', 'Value', 'Points'],
          rows: models.flatMap(({ name, nomogram }) =>
            nomogram === null
              ? []
              : [
                  ...nomogram.axes.flatMap(({ variable, ticks }) =>
                    ticks.map(({ value, points }) => [
                      modelName(name),
                      variable,
                      typeof value === 'number' ? significant(value, 8) : value,
                      decimal(points, 4),
                    ]),
                  ),
                  ...nomogram.risks.map(({ risk, points }) => [
                    modelName(name),
                    'probability of the event (total points)',
                    String(risk),
                    decimal(points, 4),
                  ]),
                ],
          ),
        },
} satisfies ReportTable;
