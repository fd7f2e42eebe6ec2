import { ENGINE_VERSION } from '@sentinode/study';

/** Versions that provenance records. No date, no host name: equal runs give equal bytes. */
export function versions(): Record<string, string> {
  return {
    sentinode: ENGINE_VERSION,
    node: process.versions.node,
    v8: process.versions.v8,
    platform: `${process.platform} ${process.arch}`,
  };
}
