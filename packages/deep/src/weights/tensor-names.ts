/**
 * Children of a ResNet by their position, where it was saved as a plain sequence of layers without its classifier (as
 * RadImageNet's networks are).
 */
const byPosition: Readonly<Record<string, string>> = {
  '0': 'conv1',
  '1': 'bn1',
  '4': 'layer1',
  '5': 'layer2',
  '6': 'layer3',
  '7': 'layer4',
};

/** First convolution of a network, by name and by position, with whatever stands before. */
const STEM = 'conv1.weight';
const FIRST = '0.weight';

/**
 * How the names of a file turn into torchvision's: a prefix that wraps the network (`module.` of parallel training,
 * `backbone.`, ...) is taken off, positions become names.
 */
export function torchvisionName(names: readonly string[]): (name: string) => string {
  const prefix = prefixBefore(names, STEM);
  if (prefix !== undefined) return (name) => without(prefix, name);
  const positional = prefixBefore(names, FIRST);
  if (positional === undefined) return (name) => name;
  return (name) => {
    const bare = without(positional, name);
    const [child, ...rest] = bare.split('.');
    const named = byPosition[child!];
    return named === undefined ? bare : [named, ...rest].join('.');
  };
}

/** What stands before the shortest name that is, or ends in a point and, `end`. */
function prefixBefore(names: readonly string[], end: string): string | undefined {
  const prefixes = names
    .filter((name) => name === end || name.endsWith(`.${end}`))
    .map((name) => name.slice(0, name.length - end.length))
    // the stem of a network holds no block
    .filter((prefix) => !/(^|\.)(layer)?\d+\.(\d+\.)?$/.test(prefix));
  return prefixes.sort((a, b) => a.length - b.length)[0];
}

function without(prefix: string, name: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
