export { renderCheck } from './check/render-check.ts';
export { type RenderedFile, renderAll } from './render-all.ts';
