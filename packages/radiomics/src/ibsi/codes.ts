import { ibsiFamilies } from './families/index.ts';

/** Code by the name of a feature on the base image: `cm_joint_max_3D_comb` is `GYBY.IAZD`, feature and aggregation. */
const codes: ReadonlyMap<string, string> = new Map(
  ibsiFamilies.flatMap(({ features, aggregations }) =>
    features.flatMap(({ tag, code }): [string, string][] =>
      aggregations.length === 0
        ? [[tag, code]]
        : aggregations.map((one) => [`${tag}_${one.suffix}`, `${code}.${one.code}`]),
    ),
  ),
);

/**
 * Codes of the IBSI reference manual by feature name: the feature's, and after a point that of its aggregation. Names of
 * response maps end in the name that the feature has on the image itself.
 */
export function ibsiCodes(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const code = codes.get(name.slice(name.indexOf('__') < 0 ? 0 : name.lastIndexOf('__') + 2));
      return code === undefined ? [] : [[name, code]];
    }),
  );
}
