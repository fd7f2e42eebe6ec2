import type { Backbone } from '../../resnet/architecture.ts';

/** A weights file that its publisher offers. */
export interface PublishedWeights {
  readonly backbone: Backbone;
  /** Name of the file; its last part is the beginning of its SHA-256, by which the publisher pins it. */
  readonly file: string;
  /** First eight hexadecimal digits of its SHA-256. */
  readonly checksum: string;
  readonly origin: string;
  readonly licence: string;
}

const torchvision = (backbone: Backbone, version: 1 | 2, checksum: string): PublishedWeights => ({
  backbone,
  file: `${backbone}-${checksum}.pth`,
  checksum,
  origin: `torchvision IMAGENET1K_V${version}`,
  licence: 'torchvision: BSD 3-Clause; trained on ImageNet, whose terms allow non-commercial research',
});

/** The files that torchvision publishes; several versions of one network are told apart by their checksum. */
export const publishedWeights: readonly PublishedWeights[] = [
  torchvision('resnet18', 1, 'f37072fd'),
  torchvision('resnet34', 1, 'b627a593'),
  torchvision('resnet50', 1, '0676ba61'),
  torchvision('resnet50', 2, '11ad3fa6'),
  torchvision('resnet101', 1, '63fe2227'),
  torchvision('resnet101', 2, 'cd907fc2'),
  torchvision('resnet152', 1, '394f9c45'),
  torchvision('resnet152', 2, 'f82ba261'),
];

/** The published file with a SHA-256, or undefined. */
export function publishedWith(sha256: string): PublishedWeights | undefined {
  return publishedWeights.find(({ checksum }) => sha256.startsWith(checksum));
}
