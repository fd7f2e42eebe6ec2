import { SentinodeError } from '@sentinode/core';
import type { FittedClassifier } from '../../estimator.ts';
import type { LightgbmState } from './index.ts';
import type { LeafWiseTree } from './leaf-wise-tree.ts';
import { type LightgbmOptions, options } from './options.ts';

/** Bit of a node's decision type that means a categorical split; of one that sends missing values left. */
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
/** Kind of missing values in bits 2 and 3: zero counts as missing. */
const ZERO_IS_MISSING = 1;

const DEFAULTS: LightgbmOptions = options.parse({});

/** Options under the names that LightGBM's parameter list has for them. */
const PARAMETERS: Readonly<Record<string, keyof LightgbmOptions>> = {
  num_iterations: 'n_estimators',
  learning_rate: 'learning_rate',
  num_leaves: 'num_leaves',
  max_depth: 'max_depth',
  min_data_in_leaf: 'min_child_samples',
  min_sum_hessian_in_leaf: 'min_child_weight',
  min_gain_to_split: 'min_split_gain',
  bagging_fraction: 'subsample',
  bagging_freq: 'subsample_freq',
  feature_fraction: 'colsample_bytree',
  feature_fraction_bynode: 'feature_fraction_bynode',
  lambda_l1: 'reg_alpha',
  lambda_l2: 'reg_lambda',
  max_bin: 'max_bin',
  min_data_in_bin: 'min_data_in_bin',
  feature_pre_filter: 'feature_pre_filter',
  is_unbalance: 'is_unbalance',
  scale_pos_weight: 'scale_pos_weight',
  boost_from_average: 'boost_from_average',
};

/**
 * A fitted model in LightGBM's text format (version v4), which LightGBM itself loads and scores. Spaces in names of
 * predictors become underscores, as the format separates by spaces.
 */
export function lightgbmText(fitted: FittedClassifier): string {
  const { trees, ranges, sigmoid } = fitted.state as LightgbmState;
  const names = fitted.input.map((name) => name.replaceAll(/\s/g, '_'));
  const blocks = trees.map((tree, t) => `Tree=${t}\n${treeText(tree)}\n\n`);
  const uses = names.map((_, j) =>
    trees.reduce((sum, { splitFeature }) => sum + splitFeature.filter((feature) => feature === j).length, 0),
  );
  const importance = names
    .map((name, j) => ({ name, uses: uses[j]! }))
    .filter(({ uses: own }) => own > 0)
    .sort((a, b) => b.uses - a.uses);
  return [
    'tree',
    'version=v4',
    'num_class=1',
    'num_tree_per_iteration=1',
    'label_index=0',
    `max_feature_idx=${names.length - 1}`,
    `objective=binary sigmoid:${sigmoid}`,
    `feature_names=${names.join(' ')}`,
    `feature_infos=${ranges.map((range) => (range === null ? 'none' : `[${range[0]}:${range[1]}]`)).join(' ')}`,
    `tree_sizes=${blocks.map((block) => new TextEncoder().encode(block).length).join(' ')}`,
    '',
    `${blocks.join('')}end of trees`,
    '',
    'feature_importances:',
    ...importance.map(({ name, uses: own }) => `${name}=${own}`),
    '',
    'parameters:',
    '[boosting: gbdt]',
    '[objective: binary]',
    ...Object.entries(PARAMETERS).map(([name, option]) => `[${name}: ${Number(fitted.options[option])}]`),
    '',
    'end of parameters',
    '',
  ].join('\n');
}

function treeText(tree: LeafWiseTree): string {
  const line = (name: string, values: readonly number[]): string => `${name}=${values.join(' ')}`;
  return [
    line('num_leaves', [tree.leafValue.length]),
    line('num_cat', [0]),
    line('split_feature', tree.splitFeature),
    line('split_gain', tree.splitGain),
    line('threshold', tree.threshold),
    line(
      'decision_type',
      tree.splitFeature.map(() => DEFAULT_LEFT),
    ),
    line('left_child', tree.leftChild),
    line('right_child', tree.rightChild),
    line('leaf_value', tree.leafValue),
    line('leaf_weight', tree.splitFeature.length === 0 ? [] : tree.leafWeight),
    line('leaf_count', tree.leafCount),
    line('internal_value', tree.internalValue),
    line('internal_weight', tree.internalWeight),
    line('internal_count', tree.internalCount),
    line('is_linear', [0]),
    line('shrinkage', [tree.shrinkage]),
    '',
  ].join('\n');
}

/**
 * Reads a model of LightGBM's text format (one output, objective binary, numerical splits, no linear leaves).
 * @returns a fitted classifier with the options that the text lists, the defaults for others, and no row ids
 * @throws SentinodeError `bundle-invalid` when the text is damaged or the model is of another kind
 */
export function readLightgbmText(text: string): FittedClassifier {
  const [head, ...bodies] = text.split(/^Tree=\d+\r?$/m);
  const header = keyValues(head!);
  if (!head!.startsWith('tree') || header.get('feature_names') === undefined)
    throw damaged('it does not start as a LightGBM model');
  if (!text.includes('end of trees')) throw damaged('it is cut off before "end of trees"');
  refuse(header.get('num_class') !== '1', 'it has several classes');
  refuse(/^average_output/m.test(head!), 'its trees are averaged (boosting type rf)');
  const objective = /^binary sigmoid:([\d.eE+-]+)$/.exec(header.get('objective') ?? '');
  if (objective === null) throw damaged(`its objective is "${header.get('objective') ?? ''}", not binary`);
  const input = header.get('feature_names')!.split(' ');
  const ranges = (header.get('feature_infos') ?? '').split(' ').map((info): [number, number] | null => {
    const range = /^\[(.+):(.+)\]$/.exec(info);
    return range === null ? null : [Number(range[1]), Number(range[2])];
  });
  const state: LightgbmState = {
    trees: bodies.map((body, t) => readTree(body.split('end of trees')[0]!, t, input.length)),
    ranges: input.map((_, j) => ranges[j] ?? null),
    heldOutLoss: [],
    sigmoid: Number(objective[1]),
  };
  return { classifier: 'lightgbm', options: listedOptions(text), rows: [], input, state };
}

/** Options listed under "parameters:"; those that this version cannot have are left at their defaults. */
function listedOptions(text: string): LightgbmOptions {
  const listed: Record<string, unknown> = {};
  for (const [, name, value] of text.matchAll(/^\[(\w+): (\S+)\]\r?$/gm)) {
    const option = PARAMETERS[name!];
    if (option === undefined) continue;
    const isFlag = typeof DEFAULTS[option] === 'boolean';
    const own = { [option]: isFlag ? value === '1' : Number(value) };
    if (options.safeParse({ ...listed, ...own }).success) Object.assign(listed, own);
  }
  return options.parse(listed);
}

function readTree(body: string, t: number, width: number): LeafWiseTree {
  const lines = keyValues(body);
  const numbers = (name: string, count: number): number[] => {
    const cell = lines.get(name) ?? '';
    const values = cell === '' ? [] : cell.split(' ').map(Number);
    if (values.length !== count || values.some(Number.isNaN))
      throw damaged(`tree ${t} should have ${count} numbers of ${name}`);
    return values;
  };
  const optional = (name: string, count: number): number[] =>
    (lines.get(name) ?? '') === '' ? new Array<number>(count).fill(0) : numbers(name, count);
  const leaves = numbers('num_leaves', 1)[0]!;
  refuse((lines.get('num_cat') ?? '0') !== '0', `tree ${t} splits on categories`);
  refuse((lines.get('is_linear') ?? '0') !== '0', `tree ${t} has linear leaves`);
  const inner = leaves - 1;
  for (const type of optional('decision_type', inner)) {
    refuse((type & CATEGORICAL) !== 0, `tree ${t} splits on categories`);
    refuse(((type >> 2) & 3) === ZERO_IS_MISSING, `tree ${t} takes zero for a missing value`);
  }
  const tree: LeafWiseTree = {
    splitFeature: numbers('split_feature', inner),
    splitGain: optional('split_gain', inner),
    threshold: numbers('threshold', inner),
    leftChild: numbers('left_child', inner),
    rightChild: numbers('right_child', inner),
    leafValue: numbers('leaf_value', leaves),
    leafWeight: optional('leaf_weight', leaves),
    leafCount: optional('leaf_count', leaves),
    internalValue: optional('internal_value', inner),
    internalWeight: optional('internal_weight', inner),
    internalCount: optional('internal_count', inner),
    shrinkage: optional('shrinkage', 1)[0]!,
  };
  checkShape(tree, t, width);
  return tree;
}

/** Every node has to be reached from the root exactly once, so that scoring ends. */
function checkShape(tree: LeafWiseTree, t: number, width: number): void {
  const inner = tree.splitFeature.length;
  const seen = new Set<number>();
  const open = inner === 0 ? [] : [0];
  while (open.length > 0) {
    const node = open.pop()!;
    const isKnown = node >= 0 ? node < inner : -node - 1 < tree.leafValue.length;
    if (!Number.isInteger(node) || !isKnown || seen.has(node))
      throw damaged(`the nodes of tree ${t} do not form a tree`);
    seen.add(node);
    if (node >= 0) open.push(tree.leftChild[node]!, tree.rightChild[node]!);
  }
  if (inner > 0 && seen.size !== inner + tree.leafValue.length)
    throw damaged(`the nodes of tree ${t} do not form a tree`);
  if (tree.splitFeature.some((feature) => !Number.isInteger(feature) || feature < 0 || feature >= width))
    throw damaged(`tree ${t} splits on a column that has no name`);
}

function keyValues(text: string): Map<string, string> {
  return new Map(
    text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const at = line.indexOf('=');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
    }),
  );
}

function refuse(isUnfit: boolean, why: string): void {
  if (isUnfit) throw damaged(why);
}

const damaged = (why: string): SentinodeError =>
  new SentinodeError('bundle-invalid', `The LightGBM model cannot be used: ${why}.`);
