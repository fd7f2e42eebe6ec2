import { arrangeStudy } from '../../arrange/arrange.ts';
import { parseRules } from '../../arrange/parse-rules.ts';
import { TAG } from '../../data-set/tags.ts';
import { element, type NewElement } from '../../write/write-element.ts';
import { asSources, type MadeSlice, madeSeries, madeSlice } from '../series.ts';
import { type HostilePoint, imported, importing, type Outcome } from './outcome.ts';

const alone = (...extra: NewElement[]): Promise<Outcome> =>
  importing(asSources([madeSlice({ z: 0, instance: '1.2.3.4', extra })]));
const several = (count: number, changes: (at: number) => Partial<MadeSlice>): Promise<Outcome> =>
  importing(asSources(madeSeries(count, changes)));
/** A second set of slices in the same series. */
const beside = (changes: Partial<MadeSlice>): Promise<Outcome> =>
  importing(asSources([...madeSeries(3), ...madeSeries(3, (at) => ({ instance: `1.9.${at}`, ...changes }))]));
const GEMS = [element(0x00430010, 'LO', 'GEMS_PARM_01')];

/** What `arrange` finds in a DCE of two visits that differ. */
async function twoVisits(second: readonly NewElement[], rules = ''): Promise<Outcome> {
  const usual = [
    element(TAG.SeriesDescription, 'LO', 't2 tse'),
    element(TAG.Manufacturer, 'LO', 'GE'),
    element(TAG.PatientBirthDate, 'DA', '19610203'),
    element(TAG.ImageLaterality, 'CS', 'R'),
  ];
  const visit = (study: number, other: readonly NewElement[]): Uint8Array[] => {
    const kept = usual.filter(({ tag }) => !other.some((one) => one.tag === tag));
    return madeSeries(3, (at) => ({ study, instance: `1.${study}.${at}`, extra: [...kept, ...other] }));
  };
  const { index } = await imported(asSources([...visit(1, []), ...visit(20, second)]));
  const sequences = 'sequences: {T2WI: {kind: T2WI}}';
  const { findings, open } = arrangeStudy(
    index,
    parseRules(`${sequences}\n${rules}`, 'rules.yaml'),
    new Map(),
  );
  return {
    found: [...findings.map(({ code }) => code), ...open.map(({ visit: of }) => `open ${of}`)].join(),
    sentences: [...findings.map(({ message }) => message), ...open.map(({ reason }) => `Open: ${reason}.`)],
  };
}

/** An enhanced MR file of three frames in an order that says nothing. */
function enhanced(): Uint8Array {
  const frame = (z: number): NewElement[] => [
    element(TAG.PlanePositionSequence, 'SQ', [[element(TAG.ImagePosition, 'DS', ['0', '0', String(z)])]]),
    element(TAG.PlaneOrientationSequence, 'SQ', [
      [element(TAG.ImageOrientation, 'DS', ['1', '0', '0', '0', '1', '0'])],
    ]),
    element(TAG.PixelMeasuresSequence, 'SQ', [
      [element(TAG.PixelSpacing, 'DS', ['1', '1']), element(TAG.SliceThickness, 'DS', '3')],
    ]),
  ];
  return madeSlice({
    z: 0,
    instance: '1.2.3.4',
    extra: [
      element(TAG.SOPClassUID, 'UI', '1.2.840.10008.5.1.4.1.1.4.1'),
      element(TAG.NumberOfFrames, 'IS', '3'),
      element(TAG.PerFrameFunctionalGroupsSequence, 'SQ', [frame(3), frame(0), frame(6)]),
      element(TAG.PixelData, 'OW', new Uint8Array(3 * 24)),
    ],
  });
}

/** Series and studies: 17 to 20, 23 and 24 of the list. */
export const dicomSeriesPoints: readonly HostilePoint[] = [
  {
    point: 17,
    input: 'two orientations and two patients in one series',
    outcome: () =>
      beside({ patient: 'B', extra: [element(TAG.ImageOrientation, 'DS', ['0', '1', '0', '0', '0', '-1'])] }),
    expected: '1 volume; refused dicom-slices; warned patients-mixed',
  },
  {
    point: 17,
    input: 'two spacings in one series: two volumes',
    outcome: () => beside({ extra: [element(TAG.PixelSpacing, 'DS', ['1', '1'])] }),
    expected: '2 volumes',
  },
  {
    point: 17,
    input: 'two frames of reference in one series',
    outcome: () => beside({ extra: [element(TAG.FrameOfReferenceUID, 'UI', '1.2.3.77')] }),
    expected: '2 volumes',
  },
  {
    point: 18,
    input: 'a slice missing',
    outcome: () => importing(asSources(madeSeries(5).filter((_, at) => at !== 2))),
    expected: '0 volumes; refused dicom-slices',
  },
  {
    point: 18,
    input: 'unequal distances',
    outcome: () => several(4, (at) => ({ z: at * at })),
    expected: '0 volumes; refused dicom-slices',
  },
  {
    point: 18,
    input: 'a slice twice, with other pixels',
    outcome: () =>
      importing(asSources([...madeSeries(3), madeSlice({ z: 2, instance: '1.7', value: () => 1 })])),
    expected: '0 volumes; refused dicom-slices',
  },
  {
    point: 18,
    input: 'a slice twice under two UIDs, with the same pixels: one is taken',
    outcome: () => importing(asSources([...madeSeries(3), madeSlice({ z: 2, instance: '1.7' })])),
    expected: '1 volume; warned slices-twice',
  },
  {
    point: 18,
    input: 'slices that are shifted sideways (gantry tilt)',
    outcome: () =>
      several(4, (at) => ({
        extra: [element(TAG.ImagePosition, 'DS', ['-10', String(-20 + 0.5 * at), String(2 * at)])],
      })),
    expected: '0 volumes; refused dicom-slices',
  },
  {
    point: 19,
    input: 'a spacing of zero',
    outcome: () => alone(element(TAG.PixelSpacing, 'DS', ['0', '0'])),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 19,
    input: 'a spacing that is no number',
    outcome: () => alone(element(TAG.PixelSpacing, 'DS', ['NaN', '1'])),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 19,
    input: 'a position beyond all numbers',
    outcome: () => alone(element(TAG.ImagePosition, 'DS', ['1e999', '0', '0'])),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 19,
    input: 'axes that are one',
    outcome: () => alone(element(TAG.ImageOrientation, 'DS', ['1', '0', '0', '1', '0', '0'])),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 20,
    input: 'a rescale slope of zero',
    outcome: () => alone(element(TAG.RescaleSlope, 'DS', '0'), element(TAG.RescaleIntercept, 'DS', '0')),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 20,
    input: 'a rescale slope that is no number',
    outcome: () => alone(element(TAG.RescaleSlope, 'DS', 'NaN')),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 20,
    input: 'MONOCHROME1: values as they are',
    outcome: () => alone(element(TAG.PhotometricInterpretation, 'CS', 'MONOCHROME1')),
    expected: '1 volume',
  },
  {
    point: 20,
    input: 'float pixels',
    outcome: () =>
      importing(
        asSources([
          madeSlice({
            z: 0,
            instance: '1.2.3.4',
            without: [TAG.PixelData],
            extra: [
              element(TAG.BitsAllocated, 'US', [32]),
              element(
                TAG.FloatPixelData,
                'OF',
                new Uint8Array(Float32Array.from({ length: 12 }, (_, k) => k / 7).buffer),
              ),
            ],
          }),
        ]),
      ),
    expected: '1 volume',
  },
  {
    point: 20,
    input: '32-bit pixels',
    outcome: () =>
      alone(
        element(TAG.BitsAllocated, 'US', [32]),
        element(TAG.BitsStored, 'US', [32]),
        element(TAG.HighBit, 'US', [31]),
        element(
          TAG.PixelData,
          'OW',
          new Uint8Array(Int32Array.from({ length: 12 }, (_, k) => 1e6 * k).buffer),
        ),
      ),
    expected: '1 volume',
  },
  {
    point: 23,
    input: 'the visit after therapy acquired before the first',
    outcome: () => twoVisits([], 'visits: {pre: S2, post: S1}'),
    expected: 'visits-reversed',
  },
  {
    point: 23,
    input: 'a visit outside the days that are declared for it',
    outcome: () => twoVisits([], 'visits: {pre: first, post: {days: [100, 250]}}'),
    expected: 'visit-outside,open post',
  },
  {
    point: 23,
    input: 'two patients in one pair: one Patient ID with two birth dates',
    outcome: () => twoVisits([element(TAG.PatientBirthDate, 'DA', '19600101')]),
    expected: 'patients-differ',
  },
  {
    point: 23,
    input: 'left against right',
    outcome: () => twoVisits([element(TAG.ImageLaterality, 'CS', 'L')]),
    expected: 'side-differs',
  },
  {
    point: 23,
    input: 'another scanner',
    outcome: () => twoVisits([element(TAG.Manufacturer, 'LO', 'SIEMENS')]),
    expected: 'scanner-differs',
  },
  {
    point: 24,
    input: 'enhanced multi-frame, frames in another order than their places',
    outcome: () => importing(asSources([enhanced()])),
    expected: '1 volume',
  },
  {
    point: 24,
    input: 'b-values in a private attribute alone',
    outcome: () =>
      importing(
        asSources([
          ...madeSeries(3, () => ({ extra: [...GEMS, element(0x00431039, 'IS', ['0', '8', '0', '0'])] })),
          ...madeSeries(3, (at) => ({
            instance: `1.9.${at}`,
            extra: [...GEMS, element(0x00431039, 'IS', ['1000000800', '8', '0', '0'])],
          })),
        ]),
      ),
    expected: '2 volumes',
  },
];
