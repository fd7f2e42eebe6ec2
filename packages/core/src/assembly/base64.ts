const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of padded base64 (RFC 4648) that we wrote ourselves. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  const digit = new Uint8Array(128);
  for (let k = 0; k < alphabet.length; k++) digit[alphabet.charCodeAt(k)] = k;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let k = 0; k < text.length; k += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((i) => digit[text.charCodeAt(k + i)]!) as [
      number,
      number,
      number,
      number,
    ];
    const word = (a << 18) | (b << 12) | (c << 6) | d;
    if (at < bytes.length) bytes[at++] = word >> 16;
    if (at < bytes.length) bytes[at++] = word >> 8;
    if (at < bytes.length) bytes[at++] = word;
  }
  return bytes;
}
