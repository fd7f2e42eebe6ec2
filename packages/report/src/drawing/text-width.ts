/** Widths of DejaVu Sans in thousandths of the font size, by kind of character; enough to keep text inside boxes. */
const narrow = new Set([..."ijl|.,:;'!()[]{} "]);
const wide = new Set([...'mwMW@%—']);

/** About how wide a text is, in the unit of the font size; never less than what DejaVu Sans needs on average. */
export function textWidth(text: string, fontSize: number): number {
  let total = 0;
  for (const character of text)
    total += narrow.has(character)
      ? 0.36
      : wide.has(character)
        ? 0.95
        : /[A-Z0-9≥≤<>=+−]/.test(character)
          ? 0.68
          : 0.6;
  return total * fontSize;
}

/** A text cut into lines no wider than `width`, at spaces; a longer word is cut where it must. */
export function wrap(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer, fontSize) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (textWidth(line, fontSize) > width && line.length > 1) {
      let end = line.length - 1;
      while (end > 1 && textWidth(line.slice(0, end), fontSize) > width) end--;
      lines.push(line.slice(0, end));
      line = line.slice(end);
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** A text shortened in its middle to fit. */
export function shorten(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let keep = text.length - 1;
  const cut = (): string =>
    `${text.slice(0, Math.ceil(keep / 2))}…${text.slice(text.length - Math.floor(keep / 2))}`;
  while (keep > 2 && textWidth(cut(), fontSize) > width) keep--;
  return cut();
}
