import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What the other side says of one extraction; seconds. */
export interface Answer {
  readonly wall: number;
  readonly cpu: number;
  readonly values: Readonly<Record<string, number | null>>;
  readonly versions: readonly string[];
}

export interface Peer {
  ask(request: object): Promise<Answer>;
  close(): void;
}

/** The other side, open for the whole benchmark: a request and an answer are a line of JSON each. */
export function startPeer(python: string, script: string): Peer {
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${python} stopped; it needs pyradiomics`);
      // NaN is no JSON
      return JSON.parse(value.replaceAll('NaN', 'null')) as Answer;
    },
    close: () => child.stdin.end(),
  };
}
