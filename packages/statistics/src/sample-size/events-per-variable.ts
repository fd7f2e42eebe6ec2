import { SentinodeError } from '@sentinode/core';

/** How much information a model has for what it estimates. */
export interface EventsPerVariable {
  readonly events: number;
  readonly nonEvents: number;
  /** The rarer outcome: it carries the information. */
  readonly limiting: number;
  readonly parameters: number;
  readonly epv: number;
  readonly method: 'rarer outcome / parameters, dummies counted';
}

/**
 * @param parameters coefficients without the intercept: every dummy of a factor, and every candidate that was tried
 * @throws SentinodeError `option-invalid`
 */
export function eventsPerVariable(events: number, n: number, parameters: number): EventsPerVariable {
  if (!Number.isInteger(parameters) || parameters < 1)
    throw new SentinodeError('option-invalid', `A model has 1 or more parameters, not ${parameters}.`, {
      field: 'parameters',
    });
  const limiting = Math.min(events, n - events);
  return {
    events,
    nonEvents: n - events,
    limiting,
    parameters,
    epv: limiting / parameters,
    method: 'rarer outcome / parameters, dummies counted',
  };
}
