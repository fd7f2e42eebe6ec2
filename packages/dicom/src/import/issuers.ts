import type { SeriesAttributes } from '../frames/series-attributes.ts';

interface OfPatient {
  readonly attributes: SeriesAttributes;
}

/**
 * Files with patients named by their Patient ID alone, so that masks of tools that drop the issuer, later visits and
 * tables meet the images. Where one ID comes from several issuers it stands for several persons, and the issuer stays;
 * a file that names none then belongs to that of its study.
 */
export function withoutIssuers<T extends OfPatient>(files: readonly T[]): T[] {
  const issuers = new Map<string, Set<string>>();
  const ofStudy = new Map<string, string>();
  for (const { attributes } of files) {
    const [id, issuer] = partsOf(attributes.patient);
    if (issuer === '') continue;
    issuers.set(id, (issuers.get(id) ?? new Set()).add(issuer));
    ofStudy.set(`${id}^${attributes.study}`, issuer);
  }
  return files.map((file) => {
    const [id, issuer] = partsOf(file.attributes.patient);
    const several = (issuers.get(id)?.size ?? 0) > 1;
    const own = several ? issuer || (ofStudy.get(`${id}^${file.attributes.study}`) ?? '') : '';
    return { ...file, attributes: { ...file.attributes, patient: `${id}^${own}` } };
  });
}

/** An ID may hold `^` itself; the issuer stands behind the last one. */
function partsOf(patient: string): readonly [id: string, issuer: string] {
  const at = patient.lastIndexOf('^');
  return [patient.slice(0, at), patient.slice(at + 1)];
}
