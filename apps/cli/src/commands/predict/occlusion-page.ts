import { parseNumber, SentinodeError } from '@sentinode/core';
import type { Occlusion, OcclusionOptions, OcclusionWatch } from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { duration, terminalProgress } from '../../terminal/progress.ts';
import type { OpenedBundle } from '../bundle/open-bundle.ts';
import type { Session } from '../command.ts';

/** Forward passes after which the rest can be timed. */
const TIMED_PASSES = 6;

/** How squares are covered, as it was typed, before anything is measured. @throws SentinodeError `usage` */
export function squaresOf({ patch, stride }: { patch: string; stride: string }): OcclusionOptions {
  const pixels = (text: string, field: string): number => {
    const value = parseNumber(text);
    if (value !== undefined && Number.isInteger(value) && value >= 1 && value <= 512) return value;
    throw new SentinodeError(
      'usage',
      `${field} takes a whole number of pixels from 1 to 512, not "${text}".`,
      { field },
    );
  };
  return { patch: pixels(patch, '--patch'), stride: pixels(stride, '--stride') };
}

/** Draws where the network looked: says what it costs before it starts, and how long it takes once that is known. */
export async function writeOcclusion(
  page: string,
  { model }: OpenedBundle,
  session: Session,
  maps: (watch: OcclusionWatch) => Promise<Occlusion>,
): Promise<void> {
  const { progress, end } = terminalProgress(session.global.quiet);
  let begun = 0;
  let told = false;
  const found = await maps({
    begin: ({ visits, squares, slices, passes }) => {
      begun = performance.now();
      const of = [`${visits} visits`, `${squares} squares`, `${slices} slice${slices === 1 ? '' : 's'}`];
      session.remark(
        `Where the network looks: ${passes} forward passes (${of.join(' x ')}). Larger --patch and --stride need fewer.`,
      );
    },
    progress: (event) => {
      if (!told && event.done >= TIMED_PASSES && event.done < event.total) {
        told = true;
        end();
        const seconds = ((performance.now() - begun) / 1000 / event.done) * (event.total - event.done);
        session.remark(`About ${duration(seconds)} more, at the pace of the first ${event.done}.`);
      }
      progress(event);
    },
    signal: session.signal,
  });
  end();
  const { renderOcclusion } = await import('@sentinode/report');
  const { name, notice, banners } = model;
  await atomicWrite(page, renderOcclusion(found, { model: name, notice, banners }));
  session.remark(`Where the network looked: ${page} (${found.passes} forward passes).`);
}
