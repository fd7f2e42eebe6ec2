import { isSentinodeError } from '@sentinode/core';
import { extract } from '@sentinode/radiomics';
import { maskFromLabels, readVolume, type Volume } from '@sentinode/volume';
import type { Answer, Job } from './jobs.ts';

async function fetched(url: string, index?: number): Promise<Volume> {
  return readVolume(new Uint8Array(await (await fetch(url)).arrayBuffer()), { file: url, index });
}

async function measure({ image, mask, label, channel, settings }: Job): Promise<Answer> {
  try {
    const labels = await fetched(mask, channel);
    const { names, values } = extract(await fetched(image), maskFromLabels(labels, label), settings, labels);
    return { names, values };
  } catch (error) {
    if (isSentinodeError(error)) return { code: error.code, message: error.message };
    throw error;
  }
}

self.onmessage = async ({ data }: MessageEvent<Job>) => self.postMessage(await measure(data));
