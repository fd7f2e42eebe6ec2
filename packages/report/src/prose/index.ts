import type { StudyResults } from '@sentinode/study';
import { escapeText } from '../text/escape.ts';
import { findings } from './findings.ts';
import { methods } from './methods.ts';
import { plain, type Sentence } from './sentence.ts';

/** A part of a manuscript that numbers can write. */
export interface Chapter {
  readonly title: string;
  readonly sentences: readonly Sentence[];
}

/** Methods from the settings used, results from computed values. */
export function chapters(results: StudyResults): Chapter[] {
  return [
    { title: 'Methods', sentences: methods(results) },
    { title: 'Results', sentences: findings(results) },
  ];
}

/** `text.md`: every sentence with the places of its values in metrics.json below the text. */
export function textMarkdown(results: StudyResults): string {
  const found = chapters(results);
  const sources = found.flatMap(({ title, sentences }) => [
    `### ${title}`,
    '',
    ...sentences.map((sentence, index) => {
      const places = sentence.flatMap((part) => (typeof part === 'string' ? [] : [`\`${part.pointer}\``]));
      return `${index + 1}. ${places.length === 0 ? 'no value' : places.join(' ')}`;
    }),
    '',
  ]);
  return [
    `# ${markdown(results.study.name)}`,
    '',
    ...[...results.study.banners.map((banner) => `${banner}.`), results.notice].map((line) => `**${line}**`),
    '',
    ...found.flatMap(({ title, sentences }) => [
      `## ${title}`,
      '',
      sentences.map((sentence) => markdown(plain(sentence))).join(' '),
      '',
    ]),
    '## Where the values stand in metrics.json',
    '',
    'JSON pointers (RFC 6901), sentence by sentence.',
    '',
    ...sources,
  ].join('\n');
}

/** A chapter as HTML; each value names its place in metrics.json. */
export function chapterHtml({ title, sentences }: Chapter): string {
  const text = sentences
    .map((sentence) =>
      sentence
        .map((part) =>
          typeof part === 'string'
            ? escapeText(part)
            : `<span title="metrics.json: ${escapeText(part.pointer)}">${escapeText(part.print)}</span>`,
        )
        .join(''),
    )
    .join(' ');
  return `<h3>${escapeText(title)}</h3><p>${text}</p>`;
}

/** Signs that Markdown and HTML would take for their own. */
function markdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, (sign) => `\\${sign}`).replaceAll('\n', ' ');
}
