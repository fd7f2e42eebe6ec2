import { SentinodeError } from '@sentinode/core';
import type { DicomFile } from '../data-set/read-file.ts';
import { TAG } from '../data-set/tags.ts';

/**
 * Relative paths of the files that a DICOMDIR lists, with `/`.
 * @throws SentinodeError `path-outside` for a path that leaves its folder
 */
export function listedFiles({ dataSet }: DicomFile): string[] {
  return dataSet.sequence(TAG.DirectoryRecordSequence).flatMap((record) => {
    const parts = record.texts(TAG.ReferencedFileID);
    if (parts.length === 0) return [];
    if (parts.some((part) => part === '' || part === '.' || part === '..' || /[/\\:\0]/.test(part))) {
      throw new SentinodeError(
        'path-outside',
        'The DICOMDIR names a file outside its folder. Give the folder with the images.',
        { field: 'ReferencedFileID (0004,1500)' },
      );
    }
    return [parts.join('/')];
  });
}

/** Whether a file is a DICOMDIR. */
export function isDirectoryFile({ dataSet }: DicomFile): boolean {
  return dataSet.get(TAG.DirectoryRecordSequence) !== undefined;
}
