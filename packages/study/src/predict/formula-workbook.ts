import { type CellObject, utils, type WorkSheet, write } from '@e965/xlsx';
import { linearOf } from '@sentinode/learning';
import { unzipSync, zipSync } from 'fflate';
import type { LockedModel } from '../models/locked-model.ts';
import { rawValue } from './domain.ts';

/**
 * The formulas of linear models as a workbook with live cells, a sheet for each: type values in column C, probability and
 * class are computed by the spreadsheet. undefined where no model is linear.
 */
export function formulaWorkbook(models: readonly LockedModel[]): Uint8Array | undefined {
  const book = utils.book_new();
  for (const model of models) {
    const sheet = formulaSheet(model);
    // names of sheets are short and without some signs
    if (sheet !== undefined)
      utils.book_append_sheet(book, sheet, model.name.replace(/[^\w+ -]/g, ' ').slice(0, 31));
  }
  if (book.SheetNames.length === 0) return undefined;
  const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
  // the same content gives the same bytes: no time in the archive
  const parts = unzipSync(bytes);
  return zipSync(
    Object.fromEntries(
      Object.keys(parts)
        .sort()
        .map((name) => [name, [parts[name]!, { mtime: '1980-01-01T00:00:00', level: 6 }] as const]),
    ) as unknown as Parameters<typeof zipSync>[0],
  );
}

const title = [
  'Predictor',
  'Unit or levels',
  'Value (type here)',
  'Training mean',
  'Training SD',
  'Enters as',
  'Coefficient',
  'Term',
];
/** First line of the predictors, counted from 1. */
const START = 6;

function formulaSheet(model: LockedModel): WorkSheet | undefined {
  const linear = linearOf(model.classifier);
  if (linear === undefined) return undefined;
  const text = (value: string): CellObject => ({ t: 's', v: value });
  const value = (number: number): CellObject => ({ t: 'n', v: number });
  const formula = (f: string): CellObject => ({ t: 'n', f });
  const rows: (CellObject | null)[][] = [
    [text(`Model ${model.name} of the study "${model.study}": probability of ${model.outcome}`)],
    [text([model.notice, ...model.banners.map((banner) => `${banner}.`)].join(' '))],
    [
      text(
        'Values start at the training mean, or at the reference level. Nothing checks here whether a patient lies in the domain of the model: use `predict` for that.',
      ),
    ],
    [],
    title.map(text),
  ];
  let at = START;
  let column = 0;
  const terms: string[] = [];
  const add = (cells: (CellObject | null)[], enters: string): void => {
    rows.push([...cells, formula(enters), value(linear.coefficients[column]!), formula(`F${at}*G${at}`)]);
    terms.push(`H${at}`);
    at++;
    column++;
  };
  for (; column < model.predictors.length && model.predictors[column]!.kind !== 'clinical'; ) {
    const { name, mean, kind } = model.predictors[column]!;
    const isFeature = kind === 'radiomics';
    const centre = isFeature ? model.radiomics!.mean[column]! : 0;
    const sd = isFeature ? model.radiomics!.sd[column]! : 1;
    const unit = model.units?.[name] ?? (isFeature ? '' : 'z-score of the component');
    add(
      [text(name), text(unit), value(rawValue(model, column, mean)), value(centre), value(sd)],
      `(C${at}-D${at})/E${at}`,
    );
  }
  for (const variable of model.clinical) {
    if (variable.kind === 'continuous') {
      add(
        [
          text(variable.name),
          text(model.units?.[variable.name] ?? ''),
          value(rawValue(model, column, model.predictors[column]!.mean)),
          value(variable.mean),
          value(variable.sd),
        ],
        `(C${at}-D${at})/E${at}`,
      );
      continue;
    }
    const first = at;
    for (const level of variable.levels) {
      if (level === variable.reference) continue;
      const own = first === at;
      add(
        [
          text(own ? variable.name : ''),
          text(own ? variable.levels.join(', ') : ''),
          own ? text(variable.reference) : null,
          null,
          text(`${variable.name}=${level}`),
        ],
        `IF(C${first}="${level.replaceAll('"', '""')}",1,0)`,
      );
    }
  }
  const end = at + 1;
  rows.push([]);
  const last = (label: string, cell: CellObject): void => {
    rows.push([text(label), null, cell]);
  };
  last('Intercept', value(linear.intercept));
  last('Log-odds', formula(terms.length === 0 ? `C${end}` : `C${end}+SUM(H${START}:H${at - 1})`));
  last('Probability', formula(`1/(1+EXP(-C${end + 1}))`));
  last('Cut-off', value(model.threshold));
  last('Class (1: at or above the cut-off)', formula(`IF(C${end + 2}>=C${end + 3},1,0)`));
  const sheet: WorkSheet = {};
  rows.forEach((cells, row) => {
    cells.forEach((cell, index) => {
      if (cell !== null) sheet[utils.encode_cell({ r: row, c: index })] = cell;
    });
  });
  sheet['!ref'] = `A1:H${rows.length}`;
  sheet['!cols'] = [44, 22, 18, 14, 14, 12, 14, 14].map((width) => ({ wch: width }));
  return sheet;
}
