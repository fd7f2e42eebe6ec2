import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** The first day that a zip can name. */
const EPOCH = '1980-01-01T00:00:00';

/**
 * An Office document without the times of its making: the same content gives the same bytes. Parts in order of their
 * names; of the core properties the two dates are left out, which are optional (ECMA-376 part 2, 11).
 */
export function withoutTimes(bytes: Uint8Array): Uint8Array {
  const parts = unzipSync(bytes);
  const core = 'docProps/core.xml';
  if (parts[core] !== undefined)
    parts[core] = strToU8(
      strFromU8(parts[core]).replace(/<dcterms:(created|modified)\b[^>]*>[^<]*<\/dcterms:\1>/g, ''),
    );
  return zipSync(
    Object.fromEntries(
      Object.keys(parts)
        .sort()
        .map((name) => [name, [parts[name]!, { mtime: EPOCH, level: 6 }]]),
    ),
  );
}
