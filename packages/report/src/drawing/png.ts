import { crc32 } from '@sentinode/core';
import { zlibSync } from 'fflate';

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

/** A grey picture (one byte a pixel, rows from the top) as a PNG file. */
export function greyPng(width: number, height: number, pixels: Uint8Array): Uint8Array {
  return png(width, height, 1, pixels);
}

/**
 * A picture in colour (three bytes a pixel: red, green, blue; rows from the top) as a PNG file.
 * @param comment ASCII text that the file carries
 */
export function rgbPng(width: number, height: number, pixels: Uint8Array, comment?: string): Uint8Array {
  return png(width, height, 3, pixels, comment);
}

/** Colour types of PNG (ISO 15948, 11.2.2) by the number of channels. */
const colourTypes = { 1: 0, 3: 2 } as const;

function png(
  width: number,
  height: number,
  channels: 1 | 3,
  pixels: Uint8Array,
  comment?: string,
): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8;
  header[9] = colourTypes[channels];
  const line = width * channels;
  const rows = new Uint8Array(height * (line + 1));
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * line, (y + 1) * line), y * (line + 1) + 1);
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    ...(comment === undefined ? [] : [chunk('tEXt', new TextEncoder().encode(`Comment\0${comment}`))]),
    chunk('IDAT', zlibSync(rows, { level: 6 })),
    chunk('IEND', new Uint8Array(0)),
  ];
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Bytes as a data address for an image element. */
export function pngAddress(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}
