import { fileURLToPath } from 'node:url';

/** Fonts of the figures lie beside the program; without them text would vanish. */
const fonts = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) =>
  fileURLToPath(new URL(`../assets/fonts/${file}`, import.meta.url)),
);

/** An SVG figure as PNG, `scale` times its size, with the program's own fonts only; drawn on a thread of its own. */
export async function rasterise(svg: string, scale: number): Promise<Uint8Array> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: false, fontFiles: fonts, defaultFontFamily: 'DejaVu Sans' },
    background: '#ffffff',
  });
  return image.asPng();
}
