/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { isSentinodeError, parseNumber } from '@sentinode/core';
import { type CalculatorModel, scoreTyped, type TypedPrediction, typedPredictors } from '@sentinode/study';

/** The program of `calculator.html`: fields for a model's predictors, and what the locked model says of them. */
const models = JSON.parse(element('models').textContent ?? '[]') as CalculatorModel[];

function element(id: string): HTMLElement {
  return document.getElementById(id)!;
}

function made(name: string, content: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const node = document.createElement(name);
  node.textContent = content;
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

const choice = element('model') as HTMLSelectElement;
choice.append(
  ...models.map(({ model }, index) =>
    made('option', `${model.name} (${model.classifier.classifier})`, { value: String(index) }),
  ),
);

const chosen = (): CalculatorModel => models[Number(choice.value)]!;
const short = (value: number): string => String(Number(value.toPrecision(4)));

/** Fields start at the training mean, or at the reference level. */
function drawFields(): void {
  const fields = typedPredictors(chosen()).flatMap((predictor) => {
    const id = `typed-${predictor.name}`;
    const label = made('label', predictor.name, { for: id });
    if (predictor.kind === 'level') {
      const select = made('select', '', { id, 'data-name': predictor.name }) as HTMLSelectElement;
      select.append(...predictor.levels.map((level) => made('option', level, { value: level })));
      select.value = predictor.reference;
      return [label, select, made('small', '')];
    }
    const input = made('input', '', { id, 'data-name': predictor.name, inputmode: 'decimal' });
    (input as HTMLInputElement).value = String(predictor.mean);
    const unit = predictor.unit === null ? '' : ` ${predictor.unit}`;
    return [
      label,
      input,
      made('small', `training ${short(predictor.minimum)} to ${short(predictor.maximum)}${unit}`),
    ];
  });
  element('fields').replaceChildren(...fields);
}

function typed(): Record<string, number | string> {
  const nodes = element('fields').querySelectorAll<HTMLInputElement | HTMLSelectElement>('[data-name]');
  return Object.fromEntries(
    [...nodes].map((node) => [node.dataset.name!, parseNumber(node.value) ?? node.value]),
  );
}

/** Text of the last answer for programs that read the page. */
function show(prediction: TypedPrediction | null, problem: string): void {
  document.body.dataset.prediction = JSON.stringify(prediction);
  element('problem').textContent = problem;
  element('probability').textContent =
    prediction === null || prediction.probability === null
      ? ''
      : `${(100 * prediction.probability).toFixed(1)} %`;
  element('detail').textContent = prediction === null ? '' : detailOf(prediction);
  element('reasons').replaceChildren(...(prediction?.reasons ?? []).map((reason) => made('li', reason)));
  element('note').textContent = prediction?.contributionNote ?? '';
  element('contributions').replaceChildren(...(prediction === null ? [] : rowsOf(prediction)));
}

function detailOf({ probability, class: call, threshold, domain, outcome, points }: TypedPrediction): string {
  if (probability === null)
    return 'Refused: outside the domain of the model. No probability, points or contributions are given.';
  const total = points === null ? '' : ` Nomogram: ${points.total.toFixed(1)} points in all.`;
  return `Probability of ${outcome}; ${call === 1 ? 'at or above' : 'below'} the cut-off ${short(threshold)}. ${domain === 'in' ? 'In' : 'At the edge of'} the domain of the model.${total}`;
}

function rowsOf({ predictors, points, contributionMethod, probability }: TypedPrediction): HTMLElement[] {
  if (probability === null) return [];
  const row = (kind: 'th' | 'td', cells: readonly string[]): HTMLElement => {
    const line = document.createElement('tr');
    line.append(...cells.map((cell) => made(kind, cell)));
    return line;
  };
  const head = document.createElement('thead');
  head.append(row('th', ['Predictor', contributionMethod ?? '', ...(points === null ? [] : ['Points'])]));
  const body = document.createElement('tbody');
  body.append(
    ...predictors.map(({ variable, contribution }) =>
      row('td', [
        variable,
        short(contribution ?? 0),
        ...(points === null ? [] : [(points.byVariable[variable] ?? 0).toFixed(1)]),
      ]),
    ),
  );
  return [head, body];
}

function update(): void {
  try {
    show(scoreTyped(chosen(), typed()), '');
  } catch (error) {
    if (!isSentinodeError(error)) throw error;
    show(null, error.message);
  }
}

choice.addEventListener('change', () => {
  drawFields();
  update();
});
element('fields').addEventListener('input', update);
if (models.length > 0) {
  drawFields();
  update();
}
