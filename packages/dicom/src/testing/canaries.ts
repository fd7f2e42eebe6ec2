import { TAG } from '../data-set/tags.ts';
import { element, type NewElement } from '../write/write-element.ts';

/** Text attributes that hold names, numbers, places, dates and free text, and private ones. */
const fields: readonly (readonly [tag: number, vr: string])[] = [
  [0x00080050, 'SH'],
  [0x00080080, 'LO'],
  [0x00080081, 'ST'],
  [0x00080090, 'PN'],
  [0x00080092, 'ST'],
  [0x00081010, 'SH'],
  [0x00081030, 'LO'],
  [TAG.SeriesDescription, 'LO'],
  [0x00081040, 'LO'],
  [0x00081050, 'PN'],
  [0x00081060, 'PN'],
  [0x00081070, 'PN'],
  [0x00081080, 'LO'],
  [0x00082111, 'ST'],
  [TAG.PatientName, 'PN'],
  [TAG.PatientID, 'LO'],
  [TAG.IssuerOfPatientID, 'LO'],
  [0x00101000, 'LO'],
  [0x00101001, 'PN'],
  [0x00101005, 'PN'],
  [0x00101040, 'LO'],
  [0x00101060, 'PN'],
  [0x00102110, 'LO'],
  [0x00102154, 'SH'],
  [0x00102160, 'SH'],
  [0x00102180, 'SH'],
  [0x001021b0, 'LT'],
  [0x00104000, 'LT'],
  [TAG.DeviceSerialNumber, 'LO'],
  [TAG.ProtocolName, 'LO'],
  [TAG.StudyID, 'SH'],
  [0x00204000, 'LT'],
  [0x00321032, 'PN'],
  [0x00321060, 'LO'],
  [0x00324000, 'LT'],
  [0x00380010, 'LO'],
  [0x00380300, 'LO'],
  [0x00400254, 'LO'],
  [0x00402016, 'LO'],
  [TAG.ContrastBolusAgent, 'LO'],
  [TAG.BodyPartExamined, 'CS'],
  [0x00110010, 'LO'],
  [0x00111001, 'LO'],
  [0x00e11021, 'UN'],
];
const canary = (at: number): string => `CANARY${String(at).padStart(3, '0')}`;

/** A text of its own, beginning with CANARY, in every identifying attribute; `extra` beside them. */
export function planted(extra: readonly NewElement[] = []): NewElement[] {
  return [
    ...fields.map(([tag, vr], at) =>
      element(tag, vr, vr === 'UN' ? new TextEncoder().encode(canary(at)) : canary(at)),
    ),
    ...extra,
  ];
}
