import { SentinodeError } from '@sentinode/core';
import type { StudyHost } from '../host/study-host.ts';
import type { MeasuredStudy } from './measure-study.ts';
import type { PreparedStudy } from './prepare-study.ts';

export async function measureImages(
  _prepared: PreparedStudy,
  _host: StudyHost,
  _banners: readonly string[],
): Promise<MeasuredStudy> {
  throw new SentinodeError('not-built', 'Studies from images come with the next commit.');
}
