import type { Baseline } from './paper.ts';

/** Sizes of the groups of Table 1 as most of its lines have them: the line of sizes itself and the sums of each variable. */
export function groupSizes({ groups, sizes, variables }: Baseline): number[] {
  return groups.map((_, at) => {
    const votes = new Map<number, number>();
    const vote = (size: number): void => void votes.set(size, (votes.get(size) ?? 0) + 1);
    if (sizes.length > 0) vote(sizes[at]!);
    for (const { levels } of variables) vote(levels.reduce((sum, { counts }) => sum + counts[at]!, 0));
    return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  });
}

/** The group of those with the event: the first whose name does not say that it is without, else the last. */
export function eventGroup({ groups }: Baseline): number {
  const positive = groups.findIndex((group) => !/^(non?[_-]|without|no$)/i.test(group));
  return positive >= 0 ? positive : groups.length - 1;
}
