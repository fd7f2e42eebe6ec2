export { renderCalculator } from './calculator/render-calculator.ts';
export { renderCaseCheck, renderCheck } from './check/render-check.ts';
export { renderMasks } from './check/render-masks.ts';
export { renderEvaluation } from './evaluation/render-evaluation.ts';
export { renderOcclusion } from './occlusion/render-occlusion.ts';
export { pictureFiles } from './pictures/picture-files.ts';
export { renderPredictions } from './prediction/render-prediction.ts';
export { type RenderedFile, renderAll } from './render-all.ts';
export { renderValidation } from './validation/render-validation.ts';
