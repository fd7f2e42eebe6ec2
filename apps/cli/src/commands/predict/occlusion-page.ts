import { type Progress, parseNumber, SentinodeError } from '@sentinode/core';
import type { Occlusion } from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { terminalProgress } from '../../terminal/progress.ts';
import type { OpenedBundle } from '../bundle/open-bundle.ts';
import type { Session } from '../command.ts';

/** How squares are covered, as they were typed. */
interface Squares {
  readonly patch: string;
  readonly stride: string;
}

/** Draws where the network looked. A refused patient has no probability and so no map. */
export async function writeOcclusion(
  page: string,
  { patch, stride }: Squares,
  { model: locked }: OpenedBundle,
  session: Session,
  maps: (
    squares: { patch: number; stride: number },
    watch: { progress: Progress; signal: AbortSignal },
  ) => Promise<Occlusion>,
): Promise<void> {
  const pixels = (text: string, field: string): number => {
    const value = parseNumber(text);
    if (value !== undefined && Number.isInteger(value) && value >= 1 && value <= 512) return value;
    throw new SentinodeError(
      'usage',
      `${field} takes a whole number of pixels from 1 to 512, not "${text}".`,
      {
        field,
      },
    );
  };
  const { progress, end } = terminalProgress(session.global.quiet);
  const found = await maps(
    { patch: pixels(patch, '--patch'), stride: pixels(stride, '--stride') },
    { progress, signal: session.signal },
  );
  end();
  const { renderOcclusion } = await import('@sentinode/report');
  await atomicWrite(
    page,
    renderOcclusion(found, { model: locked.name, notice: locked.notice, banners: locked.banners }),
  );
  session.remark(`Where the network looked: ${page} (${found.passes} forward passes).`);
}
