import type { Checklist } from './checklist.ts';
import { clear } from './clear/index.ts';
import { metrics } from './metrics/index.ts';
import { tripodAi } from './tripod-ai/index.ts';

/** All checklists, in the order of the report. */
export const checklists: readonly Checklist[] = [tripodAi, clear, metrics];
