import type { SentinodeError } from '@sentinode/core';
import type { Ports } from '@sentinode/deep';

/** What the process of a network is asked; answers carry the same number. */
export type Asked =
  | {
      readonly id: number;
      readonly ask: 'open';
      readonly path: string;
      readonly name: string;
      readonly ports: Ports;
    }
  | {
      readonly id: number;
      readonly ask: 'run';
      readonly input: Float32Array;
      readonly shape: readonly number[];
    };

/** Values of a run, null once a network is open, or an error as plain values: its class does not survive the way. */
export type Answer =
  | { readonly id: number; readonly values: Float32Array | null }
  | { readonly id: number; readonly error: ReturnType<SentinodeError['toJSON']> };
