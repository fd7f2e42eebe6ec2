import type { DataSet } from '../data-set/data-set.ts';
import { TAG } from '../data-set/tags.ts';

/**
 * The attributes of one frame: those of its own functional groups, then the shared ones, then those of the data set.
 * A file of one image has only the last.
 */
export class FrameView {
  readonly root: DataSet;
  private readonly groups: readonly DataSet[];

  constructor(root: DataSet, frame: number) {
    this.root = root;
    const own = root.sequence(TAG.PerFrameFunctionalGroupsSequence)[frame];
    const shared = root.sequence(TAG.SharedFunctionalGroupsSequence)[0];
    this.groups = [own, shared].filter((group) => group !== undefined);
  }

  /** Data set that holds an attribute: an item of the functional group, or the root. */
  holder(group: number, tag: number): DataSet | undefined {
    for (const one of this.groups) {
      const item = one.sequence(group)[0];
      if (item?.get(tag) !== undefined) return item;
    }
    return this.root.get(tag) === undefined ? undefined : this.root;
  }

  numbers(group: number, tag: number): readonly number[] {
    return this.holder(group, tag)?.numbers(tag) ?? [];
  }

  number(group: number, tag: number): number | undefined {
    return this.numbers(group, tag)[0];
  }

  texts(group: number, tag: number): readonly string[] {
    return this.holder(group, tag)?.texts(tag) ?? [];
  }

  text(group: number, tag: number): string | undefined {
    return this.holder(group, tag)?.text(tag);
  }

  /** Every data set where a vendor may have left private attributes: items of the frame's groups, then the root. */
  *privateHolders(): Generator<DataSet> {
    for (const group of this.groups) {
      yield group;
      for (const { items } of group.elements.values()) yield* items ?? [];
    }
    yield this.root;
  }

  /** Numbers of a private attribute wherever its creator reserved a block. */
  privateNumbers(group: number, creator: string, element: number, vr?: string): readonly number[] {
    for (const holder of this.privateHolders()) {
      const tag = holder.privateTag(group, creator, element);
      if (tag === undefined || !holder.has(tag)) continue;
      return holder.numbers(tag, holder.get(tag)!.vr === 'UN' ? vr : undefined);
    }
    return [];
  }
}
