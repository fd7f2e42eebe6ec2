import type { DataSet } from '../data-set/data-set.ts';
import { type CsaHeader, readCsaHeader } from './siemens-csa.ts';

/** Creators of Siemens' private attributes that are read here. */
export const SIEMENS = { csa: 'SIEMENS CSA HEADER', mr: 'SIEMENS MR HEADER' } as const;

/** CSA image header of a file; empty where there is none. */
export function csaOf(root: DataSet): CsaHeader {
  const tag = root.privateTag(0x0029, SIEMENS.csa, 0x10);
  const element = tag === undefined ? undefined : root.get(tag);
  return element === undefined ? new Map() : readCsaHeader(element.bytes);
}
