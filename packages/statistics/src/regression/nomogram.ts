import { logistic, logit } from './likelihood.ts';
import type { LogisticFit } from './logistic.ts';
import { pretty } from './pretty.ts';

/** Axis of one predictor. */
export interface NomogramAxis {
  readonly variable: string;
  readonly ticks: readonly {
    readonly value: number | string;
    /** Part of the linear predictor. */
    readonly contribution: number;
    readonly points: number;
  }[];
}

/** Points that add up to the linear predictor: lp = `intercept` + total points / `scale`. */
export interface Nomogram {
  readonly axes: readonly NomogramAxis[];
  /** Points per unit of the linear predictor. */
  readonly scale: number;
  /** Linear predictor at 0 points. */
  readonly intercept: number;
  readonly totalPoints: readonly number[];
  readonly risks: readonly { readonly risk: number; readonly points: number }[];
  readonly n: number;
  readonly events: number;
  readonly method: string;
}

/** What an axis shows of a continuous predictor: the range observed, or the few values it has. */
export type ContinuousAxis =
  | { readonly range: readonly [number, number] }
  | { readonly values: readonly number[] };

/** What a nomogram reads of a logistic model: the intercept first, then the columns. */
export type NomogramModel = Pick<LogisticFit, 'rows' | 'coefficients' | 'linearPredictor' | 'n' | 'events'>;

const RISKS = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/**
 * Nomogram of a logistic regression (rms `nomogram`): the predictor with the longest reach has 100 points, every axis
 * starts at 0. Undefined when nothing but the intercept is estimated.
 * @param continuous axis of every continuous predictor; ranges are widened to round numbers (R `pretty`, about 10)
 */
export function nomogram(
  fit: NomogramModel,
  continuous: Readonly<Record<string, ContinuousAxis>>,
): Nomogram | undefined {
  const variables = [...new Set(fit.rows.slice(1).map((row) => row.variable))];
  const contributions = variables.map((variable) => {
    const rows = fit.rows.filter((row) => row.variable === variable);
    const [first] = rows;
    if (first!.level === undefined) {
      const axis = continuous[variable];
      const values = axis === undefined ? [0, 1] : 'range' in axis ? pretty(...axis.range, 10) : axis.values;
      return values.map((value) => ({ value, contribution: value * (first!.coefficient ?? 0) }));
    }
    return [
      { value: first!.reference ?? '', contribution: 0 },
      ...rows.map((row) => ({ value: row.level!, contribution: row.coefficient ?? 0 })),
    ];
  });
  const spans = contributions.map((ticks) => {
    const values = ticks.map((tick) => tick.contribution);
    return { least: Math.min(...values), reach: Math.max(...values) - Math.min(...values) };
  });
  const longest = Math.max(0, ...spans.map((span) => span.reach));
  if (!(longest > 0)) return undefined;
  const scale = 100 / longest;
  const intercept = fit.coefficients[0]! + spans.reduce((sum, span) => sum + span.least, 0);
  const lines = fit.linearPredictor;
  const observed = pretty(
    lines.reduce((a, b) => Math.min(a, b)),
    lines.reduce((a, b) => Math.max(a, b)),
    10,
  );
  // the axis of total points reaches to what was observed, not to the sum of all maxima
  const most = Math.max(100, (observed[observed.length - 1]! - intercept) * scale);
  const risks = RISKS.map((risk) => ({ risk, points: (logit(risk) - intercept) * scale }));
  return {
    axes: variables.map((variable, v) => ({
      variable,
      ticks: contributions[v]!.map((tick) => ({
        ...tick,
        points: (tick.contribution - spans[v]!.least) * scale,
      })),
    })),
    scale,
    intercept,
    totalPoints: pretty(0, most, 10),
    risks: risks.filter(({ points }) => points >= 0 && points <= most),
    n: fit.n,
    events: fit.events,
    method: 'longest axis 100 points (rms nomogram)',
  };
}

/** Risk at a total of points. */
export const riskAtPoints = ({ intercept, scale }: Nomogram, points: number): number =>
  logistic(intercept + points / scale);
