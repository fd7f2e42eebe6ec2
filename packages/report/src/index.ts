export { renderCheck } from './check/render-check.ts';
export { renderOcclusion } from './occlusion/render-occlusion.ts';
export { type RenderedFile, renderAll } from './render-all.ts';
