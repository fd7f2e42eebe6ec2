import { arrange } from './arrange/index.ts';
import { audit } from './audit.ts';
import { biasField } from './bias-field.ts';
import { bundle } from './bundle/index.ts';
import { check } from './check/index.ts';
import type { CommandKind } from './command.ts';
import { compare } from './compare.ts';
import { deidentify } from './deidentify.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { evaluate } from './evaluate/index.ts';
import { exportCommand } from './export.ts';
import { extract } from './extract/index.ts';
import { importCommand } from './import/index.ts';
import { map } from './map.ts';
import { masks } from './masks.ts';
import { predict } from './predict/index.ts';
import { rerun } from './rerun.ts';
import { run } from './run.ts';
import { simulate } from './simulate.ts';
import { table1 } from './table1.ts';
import { validate } from './validate/index.ts';
import { weights } from './weights/index.ts';

/** All commands, in the order in which the help prints them. */
export const commands: readonly CommandKind[] = [
  demo,
  check,
  run,
  simulate,
  importCommand,
  deidentify,
  arrange,
  exportCommand,
  map,
  biasField,
  masks,
  predict,
  validate,
  rerun,
  compare,
  extract,
  audit,
  evaluate,
  table1,
  weights,
  bundle,
  doctor,
];
