/** What docs/errors.md prints of one code. `http` is the status that the server uses for it. */
export interface ErrorEntry {
  readonly http: 400 | 404 | 409 | 413 | 415 | 422 | 500 | 501 | 503;
  /** What happened, in a few words. */
  readonly title: string;
  /** What the user does about it. */
  readonly remedy: string;
}

/** Every code of the project, grouped by subject. docs/errors.md is compared with this list by a test. */
export const errorCatalogue = {
  // Usage and files
  usage: {
    http: 400,
    title: 'The command was called with arguments it does not take',
    remedy: 'See `sentinode <command> --help`.',
  },
  'file-missing': {
    http: 404,
    title: 'A file that is named does not exist',
    remedy: 'Check the path; relative paths in a study file start at the folder of that file.',
  },
  'file-empty': { http: 422, title: 'A file has no content', remedy: 'Export or copy the file again.' },
  'file-unreadable': {
    http: 422,
    title: 'A file cannot be read or written',
    remedy: 'Check the permissions and the free space.',
  },
  'path-outside': {
    http: 400,
    title: 'A path leads out of the study folder',
    remedy: 'Keep the files of a study under the folder of the study file.',
  },
  'too-large': {
    http: 413,
    title: 'A declared size is beyond what the file holds or the limit allows',
    remedy: 'The header is damaged or the file is not what it claims; export it again.',
  },
  interrupted: {
    http: 503,
    title: 'The work was stopped before its end',
    remedy: 'Run the same command again; finished parts are kept.',
  },
  // Volumes
  'format-unknown': {
    http: 415,
    title: 'The bytes are of no format that can be read',
    remedy: 'Give NIfTI (.nii, .nii.gz), NRRD (.nrrd, .nhdr) or MetaImage (.mha, .mhd); import DICOM first.',
  },
  'volume-header': {
    http: 422,
    title: 'A volume header is invalid',
    remedy: 'The named field cannot be trusted; export the volume again.',
  },
  'volume-truncated': {
    http: 422,
    title: 'A volume holds fewer voxels than its header declares',
    remedy: 'The file was cut off; copy or export it again.',
  },
  'volume-geometry': {
    http: 422,
    title: 'The geometry of a volume is invalid',
    remedy: 'Spacing must be positive and the directions independent; export the volume again.',
  },
  'volume-dimensions': {
    http: 422,
    title: 'A volume does not have the dimensions asked for',
    remedy: 'Choose one volume of a series by its index.',
  },
  'volume-precision': {
    http: 422,
    title: 'Integer voxels too large to be kept exactly',
    remedy: 'Convert the volume to 32-bit integers or floats.',
  },
  'volume-nan': {
    http: 422,
    title: 'Voxels that are not numbers',
    remedy: 'Replace the NaN or infinite voxels inside the region before extraction.',
  },
  // DICOM
  'dicom-none': {
    http: 415,
    title: 'A file is no DICOM image, or a folder holds none',
    remedy: 'Give the folder or archive with the images as the scanner or the archive exported them.',
  },
  'dicom-damaged': {
    http: 422,
    title: 'A DICOM file is damaged or cut off',
    remedy: 'Copy or export it again.',
  },
  'dicom-syntax': {
    http: 415,
    title: 'A DICOM file is stored in a way that cannot be read',
    remedy: 'Export it uncompressed or losslessly compressed.',
  },
  'dicom-attribute': {
    http: 422,
    title: 'An attribute that is needed is missing or impossible',
    remedy: 'The attribute is named; export the series again.',
  },
  'dicom-pixels': {
    http: 422,
    title: 'The pixels of a DICOM file cannot be read',
    remedy: 'The reason is given; export the series again, uncompressed if that is possible.',
  },
  'dicom-slices': {
    http: 422,
    title: 'The slices of a series make no regular grid',
    remedy: 'The positions are named; export the whole series again, or resample it.',
  },
  'archive-damaged': {
    http: 422,
    title: 'An archive is damaged or of a kind that cannot be read',
    remedy: 'Copy it again, or unpack it and give the folder.',
  },
  // Masks
  'volume-constant': {
    http: 422,
    title: 'All voxels of an image have the same value',
    remedy: 'Check that the right file is named and was exported whole.',
  },
  'mask-size': {
    http: 422,
    title: 'Mask and image have different numbers of voxels',
    remedy: 'Draw or resample the mask on the grid of its image.',
  },
  'repair-stale': {
    http: 409,
    title: 'A repaired mask was made of another file than the one that is there',
    remedy: 'Run `sentinode check study.yaml --repair` again.',
  },
  'mask-geometry': {
    http: 422,
    title: 'Mask and image lie on different grids',
    remedy: 'Both grids are named; resample the mask to the grid of its image.',
  },
  'mask-empty': {
    http: 422,
    title: 'The mask has no voxel',
    remedy: 'Draw the region, or record that none is visible.',
  },
  'mask-label': {
    http: 422,
    title: 'The label asked for is not in the mask',
    remedy: 'The labels found are listed; choose one with --label.',
  },
  'mask-too-small': {
    http: 422,
    title: 'The region is too small for the features asked for',
    remedy: 'One voxel has no texture; check the mask or lower minimumROIDimensions.',
  },
  'region-not-flat': {
    http: 422,
    title: 'A region that must lie in one slice does not',
    remedy: 'Leave shape2D out, or draw the region in one slice across force2Ddimension.',
  },
  'no-neighbours': {
    http: 422,
    title: 'No two voxels of the region are as far apart as asked for',
    remedy: 'Use smaller distances, or another force2Ddimension.',
  },
  'resegmentation-empty': {
    http: 422,
    title: 'The range of grey values leaves nothing of the region',
    remedy: 'The range and the values of the region are named; mend resegmentRange.',
  },
  // Options and parameter files
  'option-unknown': {
    http: 400,
    title: 'A key that does not exist',
    remedy: 'The nearest known key is named.',
  },
  'option-invalid': {
    http: 400,
    title: 'A value that is not allowed',
    remedy: 'The message says what is allowed.',
  },
  'file-syntax': {
    http: 400,
    title: 'A text file cannot be parsed',
    remedy: 'The line is named; mend the YAML, JSON or CSV.',
  },
  'not-built': {
    http: 501,
    title: 'Something that this version does not have yet',
    remedy: 'The message says what to use instead.',
  },
  // Radiomics
  'grey-levels': {
    http: 422,
    title: 'Intensities that the discretisation cannot turn into grey levels',
    remedy: 'Choose a discretisation in the parameter file, or a lower start of the first bin.',
  },
  'too-many-bins': {
    http: 422,
    title: 'The bin width gives too many grey levels',
    remedy: 'Normalise the image or choose a larger bin width.',
  },
  // Study tables and ledger
  'column-unknown': {
    http: 422,
    title: 'A column that is named is not in the table',
    remedy: 'The nearest column is named; mend the study file or the table.',
  },
  'patient-id-missing': {
    http: 422,
    title: 'A row of the table has no patient id',
    remedy: 'Fill in the id column.',
  },
  'duplicate-patient': {
    http: 422,
    title: 'A patient id appears twice',
    remedy: 'Give one row per patient.',
  },
  'table-header': {
    http: 422,
    title: 'The names of a table cannot be found',
    remedy: 'Name every column, or say in which row the names stand with headerRow.',
  },
  'table-ragged': {
    http: 422,
    title: 'A row of a table has another number of cells than the header',
    remedy: 'Mend the line; cells that hold the separator must be quoted.',
  },
  'table-number': {
    http: 422,
    title: 'Text stands where a number is needed',
    remedy: 'Mend the cell, or list its text under na.',
  },
  'decimal-comma': {
    http: 422,
    title: 'Numbers have a decimal comma that was not announced',
    remedy: 'Say decimal: "," for this table.',
  },
  'table-encoding': {
    http: 422,
    title: 'The text of a table is in another encoding',
    remedy: 'Save the table as UTF-8, or say its encoding.',
  },
  'table-damaged': {
    http: 422,
    title: 'A table file is damaged or cut off',
    remedy: 'Export or copy the file again.',
  },
  'table-formula': {
    http: 422,
    title: 'A formula has no stored value',
    remedy: 'Open the workbook in a spreadsheet program and save it.',
  },
  'sheet-unknown': {
    http: 422,
    title: 'A sheet that is named is not in the workbook',
    remedy: 'The sheets are listed; choose one.',
  },
  'column-duplicate': {
    http: 422,
    title: 'Two columns of a table have the same name',
    remedy: 'Rename one of them.',
  },
  'table-empty': {
    http: 422,
    title: 'A table has no rows',
    remedy: 'Check that the right file or sheet is named.',
  },
  'level-unknown': {
    http: 422,
    title: 'A cell holds a level that was not declared',
    remedy: 'Add the level to the study file, list the text under na, or mend the cell.',
  },
  'cohort-unknown': {
    http: 422,
    title: 'A cell of the cohort column names neither cohort',
    remedy: 'Use the words that split.training and split.validation declare.',
  },
  'patient-unknown': {
    http: 422,
    title: 'A table names a patient that is not in the clinical table, or lacks one',
    remedy: 'Use the same ids in all tables.',
  },
  'dates-backwards': {
    http: 422,
    title: 'Dates of a patient run backwards',
    remedy: 'Mend the dates in the table of visits.',
  },
  'date-invalid': { http: 422, title: 'A cell is not a date', remedy: 'Write dates as yyyy-mm-dd.' },
  'no-patients': {
    http: 422,
    title: 'No patient is left in the study',
    remedy: 'The ledger gives the reason of each; check the exclusions and the file pattern.',
  },
  'cases-failed': {
    http: 422,
    title: 'Some cases failed',
    remedy: 'The others are finished and kept; mend the cases listed and run the same command again.',
  },
  'output-not-empty': {
    http: 409,
    title: 'The output folder holds files that are not of a run',
    remedy: 'Choose another --out.',
  },
  'feature-undefined': {
    http: 422,
    title: 'A feature that the model needs has no value',
    remedy: 'The reason is given; the patient cannot be scored.',
  },
  'image-repeated': {
    http: 422,
    title: 'One image stands in two places',
    remedy: 'Name each image once, at its own visit and sequence.',
  },
  'protocol-differs': {
    http: 422,
    title: 'Data of another protocol than that of the model',
    remedy: 'A locked model reads what it was made of: the same visits, sequences and extraction settings.',
  },
  'units-differ': {
    http: 422,
    title: 'A column is in another unit or coding than in training',
    remedy: 'Give the column as the study that made the model did.',
  },
  'clinical-missing': {
    http: 422,
    title: 'A clinical variable that the model needs is missing',
    remedy: 'Give the value; only the model of a study with missing: impute completes it, and says so.',
  },
  'slice-outside': {
    http: 422,
    title: 'The slice that corresponds to the tumour lies outside a volume',
    remedy: 'Choose slices by the largest area, or give a volume that covers the tumour.',
  },
  'weights-missing': {
    http: 422,
    title: 'Deep features need the weights of a network, and none are named',
    remedy: 'See docs/guide/deep-weights.md for how to get them.',
  },
  'weights-invalid': {
    http: 422,
    title: 'A weights file is not that of the network',
    remedy: 'Export it again as docs/guide/deep-weights.md shows.',
  },
  'download-failed': {
    http: 503,
    title: 'A published file cannot be downloaded, or is not the published one',
    remedy:
      'Check the network; the same command goes on where it stopped. Or download the file elsewhere and import it.',
  },
  'weights-unsafe': {
    http: 422,
    title: 'A weights file asks for more than weights: code, names outside the list, files outside its own',
    remedy:
      'Nothing of it was run. Save the weights alone, torch.save(model.state_dict(), FILE), or get the file from its publisher.',
  },
  'run-invalid': {
    http: 422,
    title: 'The folder of a run lacks a file, or one was edited or is of a newer version',
    remedy: 'Use the folder as the run left it, or run the study again.',
  },
  'bundle-invalid': {
    http: 422,
    title: 'A model bundle is damaged, edited or of a newer version',
    remedy: 'Use the bundle as the run wrote it.',
  },
  'bundle-unsignable': {
    http: 422,
    title: 'A model bundle is not signed, since it is not for use',
    remedy:
      'Run the study with pretrained weights; a model that keeps patients is signed only with --with-patients.',
  },
  'bundle-untrusted': {
    http: 422,
    title: 'A model bundle is unsigned, or signed with a key that is not trusted here',
    remedy:
      'Ask who made it for its public key, check it by another way, and add it with `sentinode bundle trust`.',
  },
  'key-invalid': {
    http: 422,
    title: 'A file is no Ed25519 key',
    remedy: 'Make a pair with `sentinode bundle key`; sign with the private one, trust the .pub file.',
  },
  // Statistics
  'one-class': {
    http: 422,
    title: 'Only one of the two outcomes occurs',
    remedy: 'Check the outcome column and which value is the event.',
  },
  'length-mismatch': {
    http: 422,
    title: 'Two lists that belong together have different lengths',
    remedy: 'Give one value per case in each.',
  },
  'not-finite': {
    http: 422,
    title: 'A value that is not a finite number',
    remedy: 'Remove or mend the case; nothing is filled in silently.',
  },
  'probability-range': {
    http: 422,
    title: 'A probability outside 0 to 1',
    remedy: 'Give probabilities, or evaluate the column as a score.',
  },
  separation: {
    http: 422,
    title: 'A regression has no finite optimum',
    remedy:
      'The outcome is separated completely by the predictors; fewer predictors or a penalty are needed.',
  },
  // Learning
  'too-few-rows': {
    http: 422,
    title: 'Fewer training patients than a step needs',
    remedy: 'Use fewer folds, or leave the step out.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
