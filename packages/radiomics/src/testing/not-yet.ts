/**
 * Settings of the reference that are not equal yet, by file; lines are only ever removed.
 */
export const notYet: readonly string[] = [];
