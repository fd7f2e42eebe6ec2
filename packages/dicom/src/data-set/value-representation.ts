import { TAG } from './tags.ts';

/** Value representations whose explicit length takes four bytes after two reserved ones (PS3.5 table 7.1-1). */
const longForm = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const shortForm = new Set([
  ...['AE', 'AS', 'AT', 'CS', 'DA', 'DS', 'DT', 'FD', 'FL', 'IS', 'LO', 'LT', 'PN', 'SH', 'SL', 'SS', 'ST'],
  ...['TM', 'UI', 'UL', 'US'],
]);

export function hasLongForm(vr: string): boolean {
  return longForm.has(vr);
}

/** Whether two letters are a value representation at all. */
export function isVr(letters: string): boolean {
  return longForm.has(letters) || shortForm.has(letters);
}

/**
 * Representation of binary numbers in files that do not write it (implicit syntax) or write `UN`. Text and sequences
 * need no entry: text is read as text, and sequences show themselves by their items.
 */
const binary = new Map<number, string>([
  ...[
    TAG.SamplesPerPixel,
    TAG.PlanarConfiguration,
    TAG.Rows,
    TAG.Columns,
    TAG.BitsAllocated,
    TAG.BitsStored,
    TAG.HighBit,
    TAG.PixelRepresentation,
    TAG.SegmentNumber,
    TAG.ReferencedSegmentNumber,
    TAG.MaximumFractionalValue,
  ].map((tag): [number, string] => [tag, 'US']),
  ...[TAG.DimensionIndexValues, TAG.TemporalPositionIndex].map((tag): [number, string] => [tag, 'UL']),
  ...[TAG.DiffusionBValue, TAG.DiffusionGradientOrientation, TAG.EffectiveEchoTime].map(
    (tag): [number, string] => [tag, 'FD'],
  ),
  [TAG.FloatPixelData, 'OF'],
  [TAG.DoubleFloatPixelData, 'OD'],
  [TAG.PixelData, 'OW'],
  [TAG.ExtendedOffsetTable, 'OV'],
  [TAG.ExtendedOffsetTableLengths, 'OV'],
]);

/** The representation to take where the file gives none; `UN` where it is not a binary number we read. */
export function vrOf(tag: number): string {
  return binary.get(tag) ?? 'UN';
}
