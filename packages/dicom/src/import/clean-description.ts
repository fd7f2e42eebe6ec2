/** Words of sequences, planes, contrast and processing. Everything else in a description may name a person. */
const words = new Set(
  (
    'ax axial axi tra trans transverse transversal sag sagittal sagital cor coronal obl oblique bilateral breast breasts mamma ' +
    'axilla left right lt rt pre post contrast gd gado dyn dynamic dynamics dynaviews multiphase disco twist dce perf perfusion phase ph delayed delay early late ' +
    'dwi diff diffusion dti adc trace tracew epi ssepi resolve zoomit b bvalue apparent coefficient map eadc fa ' +
    'tse fse tirm stir flair spair spir fatsat fs nofs non water fat dixon ideal lava vibe vibrant thrive ethrive flash fspgr spgr ' +
    'gre ge se ir fgre mprage ultrafast twist disco grasp cube space haste ssfse propeller blade fiesta trufi sub subtraction ' +
    'subtracted mip mpr minip proj projection loc localizer localiser scout survey plane calibration asset cal ref shim ' +
    'pe ser kinetic enhancement wash washin washout ttp iauc map maps mean sum diffusionmap sense grappa isotropic iso ' +
    'high low res resolution thin thick seg segmentation mask voi roi tumor tumour lesion gtv mass image orig original'
  ).split(' '),
);
/** Forms with a number that belong to sequences: t1, b1000, 3d, ph2, pe1, 2mm. */
const forms =
  /^(?:t[12]w?i?|t2star|b\d{1,5}|[1-4]d|3dt1|ph\d{1,2}|pe\d|phase\d{1,2}|dyn\d{0,2}|\d{1,2}mm|\d{1,2}min|mr[it]?|3dfgre)$/;

/**
 * What of a series description may be printed: known words of imaging, in their order. Operators write names, dates
 * and findings into descriptions, so nothing unknown is kept (PS3.15 Clean Descriptors Option).
 */
export function cleanDescription(description: string): string {
  return description
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => words.has(word.toLowerCase()) || forms.test(word.toLowerCase()))
    .slice(0, 16)
    .join(' ');
}
