import type { CalculatorModel } from '@sentinode/study';
import { style } from '../html/style.ts';
import { escapeText } from '../text/escape.ts';

/** What the page holds beside the program. */
export interface CalculatorPage {
  readonly study: string;
  readonly notice: string;
  readonly banners: readonly string[];
  readonly models: readonly CalculatorModel[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

const own = `
.fields{display:grid;grid-template-columns:minmax(14rem,2fr) minmax(8rem,1fr) minmax(8rem,1fr);gap:.3rem .8rem;align-items:center;font-size:.86rem}
.fields label{overflow-wrap:anywhere}
.fields input,.fields select,#model{font:inherit;padding:.25rem .4rem;border:1px solid #9aa5b1;border-radius:4px;width:100%;background:#fff;color:inherit}
#model{width:auto}
.fields small{color:var(--faint)}
#answer{border:1px solid var(--line);border-radius:6px;padding:.8rem 1rem;margin:1rem 0}
#probability{font-size:2rem;font-weight:600}
#problem{color:#9b1c1c}
`;

/** JSON that can stand inside a script element. */
const embedded = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/**
 * One page that scores what is typed, without a network.
 * @param program the browser program; it reads the models from the page
 */
export function renderCalculator(page: CalculatorPage, program: string): string {
  const warning = [page.notice, ...page.banners.map((banner) => `${banner}.`)].map(escapeText).join(' ');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"><title>${escapeText(page.study)} – calculator</title><style>${style}${own}</style></head>
<body><div class="notice" role="note"><b>${warning}</b></div><div class="page" style="display:block;max-width:54rem"><main>
<h1>Calculator: ${escapeText(page.study)}</h1>
<p class="lead">Type the predictors of a locked model. The page computes with the program that made the report, to the same bits, and sends nothing anywhere. It has no interval: that needs more columns than are typed here; <code>predict</code> gives it.</p>
<p><label for="model">Model</label> <select id="model"></select></p>
<div class="fields" id="fields"></div>
<div id="answer" aria-live="polite"><div id="probability"></div><div id="detail"></div><div id="problem" role="alert"></div><ul id="reasons"></ul></div>
<div class="wide"><table id="contributions"></table></div><p class="note" id="note"></p>
${page.leftOut.length === 0 ? '' : `<h2>Models that are left out</h2><ul>${page.leftOut.map(({ name, reason }) => `<li>${escapeText(name)}: ${escapeText(reason)}</li>`).join('')}</ul>`}
<footer><b>${warning}</b></footer></main></div>
<script type="application/json" id="models">${embedded(page.models)}</script>
<script>${program.replaceAll('</script', '<\\/script')}</script>
</body></html>
`;
}
