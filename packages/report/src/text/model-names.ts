const names: Readonly<Record<string, string>> = {
  clinical: 'Clinical',
  radiomics: 'Radiomics',
  deep: 'Deep',
  dlr: 'DLR',
};

/** Name of a model in figures and tables. */
export function modelName(name: string): string {
  return names[name] ?? name;
}

/** Name of a cohort at the start of a line. */
export function cohortName(cohort: 'training' | 'validation'): string {
  return cohort === 'training' ? 'Training' : 'Validation';
}
