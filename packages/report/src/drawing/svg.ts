import { escapeText } from '../text/escape.ts';

export const FONT = 'DejaVu Sans';

type Attributes = Readonly<Record<string, string | number | undefined>>;

function attribute(name: string, value: string | number): string {
  const text = typeof value === 'number' ? String(Math.round(value * 100) / 100) : escapeText(value);
  return ` ${name}="${text}"`;
}

/** An SVG element; children are markup already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : attribute(key, value)))
    .join('');
  return children.length === 0 ? `<${name}${list}/>` : `<${name}${list}>${children.join('')}</${name}>`;
}

/** A line of text. */
export function text(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escapeText(content));
}
