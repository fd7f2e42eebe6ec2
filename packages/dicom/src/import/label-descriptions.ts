/** Colours of the first labels, as ITK-SNAP gives them; later ones begin again. */
const colours = [
  '255    0    0',
  '  0  255    0',
  '  0    0  255',
  '255  255    0',
  '  0  255  255',
  '255    0  255',
];

/**
 * A label description file for ITK-SNAP: index, colour, opacity, visible, in the mesh, name.
 */
export function labelDescriptions(
  regions: readonly { readonly label: number; readonly name: string }[],
): Uint8Array {
  const lines = regions.map(
    ({ label, name }) =>
      `${String(label).padStart(5)}   ${colours[(label - 1) % colours.length]}        1  1  1    "${name === '' ? `region ${label}` : name}"`,
  );
  const clear = '    0     0    0    0        0  0  0    "Clear Label"';
  return new TextEncoder().encode(`# ITK-SnAP Label Description File\n${[clear, ...lines].join('\n')}\n`);
}
