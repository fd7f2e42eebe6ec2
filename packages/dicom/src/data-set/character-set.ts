/** Labels of the Encoding Standard for the defined terms of PS3.3 section C.12.1.1.2. */
const labels: Readonly<Record<string, string>> = {
  'ISO_IR 100': 'iso-8859-1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
  'ISO 2022 IR 13': 'shift_jis',
  'ISO 2022 IR 87': 'iso-2022-jp',
  'ISO 2022 IR 159': 'iso-2022-jp',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb18030',
  'ISO 2022 IR 100': 'iso-8859-1',
  'ISO 2022 IR 101': 'iso-8859-2',
  'ISO 2022 IR 144': 'iso-8859-5',
};

/**
 * Text of an element. Wrong or unknown character sets give replacement characters and never an error: nothing that is
 * computed depends on letters beyond ASCII.
 */
export function decodeText(bytes: Uint8Array, characterSet: readonly string[]): string {
  let plain = '';
  for (const byte of bytes) {
    if (byte >= 0x80 || byte === 0x1b) return decodeMarked(bytes, characterSet);
    plain += String.fromCharCode(byte);
  }
  return plain;
}

function decodeMarked(bytes: Uint8Array, characterSet: readonly string[]): string {
  // With code extensions the escape sequences of the last set decide.
  const name = characterSet.filter((set) => set !== '').at(-1) ?? 'ISO_IR 100';
  return new TextDecoder(labels[name] ?? 'utf-8').decode(bytes);
}
