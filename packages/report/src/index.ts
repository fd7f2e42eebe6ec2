export { type RenderedFile, renderAll } from './render-all.ts';
