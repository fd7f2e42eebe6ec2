import { SentinodeError } from '@sentinode/core';
import { fieldsOf } from './protobuf-reader.ts';

/** What an ONNX file holds, as far as it decides whether it may be loaded. */
export interface ModelSummary {
  readonly operatorSet: number;
  /** Operators in the order of their first use. */
  readonly operators: readonly string[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Largest file that is loaded; ResNet-152 has 240 MB. */
const MOST_BYTES = 2 ** 31 - 1;
/** Operator sets that the inference runtimes in use know. */
const KNOWN_SETS = { lowest: 7, highest: 24 } as const;
/** Operators that run graphs inside graphs: their cost cannot be seen from the file. */
const nested = ['Loop', 'If', 'Scan', 'SequenceMap'];
const ownDomains = ['', 'ai.onnx'];

/** Field numbers of onnx.proto. */
const MODEL = { graph: 7, operatorSets: 8, functions: 25 } as const;
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12, sparse: 15 } as const;
const NODE = { operator: 4, attribute: 5, domain: 7 } as const;
const ATTRIBUTE = { tensor: 5, graph: 6, graphs: 11 } as const;
const TENSOR = { name: 8, external: 13, location: 14 } as const;

/**
 * Looks through an ONNX file before any runtime sees it: size, operator set, operators, and where its weights lie.
 * @throws SentinodeError `weights-invalid` for a file that is no ONNX model or too new, `weights-unsafe` for one that
 * keeps data in other files, runs graphs inside its graph, or asks for operators that are not ONNX's own
 */
export function checkModel(bytes: Uint8Array, file: string): ModelSummary {
  const refuse = (code: 'weights-invalid' | 'weights-unsafe', message: string, field?: string): never => {
    throw new SentinodeError(code, message, { file, field });
  };
  const damaged = (): never =>
    refuse('weights-invalid', 'The file is no ONNX model, or it is cut off or damaged; export it again.');
  if (bytes.length > MOST_BYTES) refuse('weights-invalid', 'The file is larger than 2 GB; no ONNX model is.');
  let graph: Uint8Array | undefined;
  let operatorSet: number | undefined;
  for (const { number, value } of fieldsOf(bytes, damaged)) {
    if (number === MODEL.graph && typeof value !== 'number') graph = value;
    if (number === MODEL.functions)
      refuse(
        'weights-unsafe',
        'The model defines operators of its own; export it with plain ONNX operators.',
      );
    if (number !== MODEL.operatorSets || typeof value === 'number') continue;
    const set = operatorSetOf(value, damaged);
    if (!ownDomains.includes(set.domain))
      refuse(
        'weights-unsafe',
        `The model needs operators of "${set.domain}", which are not ONNX's own; export it without them.`,
        set.domain,
      );
    operatorSet = set.version;
  }
  if (graph === undefined || operatorSet === undefined) return damaged();
  if (operatorSet < KNOWN_SETS.lowest || operatorSet > KNOWN_SETS.highest)
    refuse(
      'weights-invalid',
      `The model is of operator set ${operatorSet}; ${KNOWN_SETS.lowest} to ${KNOWN_SETS.highest} can be run. Export it with another opset_version.`,
    );
  const summary = {
    operatorSet,
    operators: new Set<string>(),
    inputs: [] as string[],
    outputs: [] as string[],
  };
  const initialisers = new Set<string>();
  for (const { number, value } of fieldsOf(graph, damaged)) {
    if (typeof value === 'number') continue;
    if (number === GRAPH.node) summary.operators.add(checkNode(value, refuse, damaged));
    if (number === GRAPH.initializer) initialisers.add(checkTensor(value, refuse, damaged));
    if (number === GRAPH.sparse)
      refuse('weights-unsafe', 'The model has sparse weights; export it with plain ones.');
    if (number === GRAPH.input) summary.inputs.push(nameIn(value, 1, damaged));
    if (number === GRAPH.output) summary.outputs.push(nameIn(value, 1, damaged));
  }
  // Older exporters list the weights among the inputs.
  const inputs = summary.inputs.filter((name) => !initialisers.has(name));
  return { operatorSet, operators: [...summary.operators], inputs, outputs: summary.outputs };
}

type Refuse = (code: 'weights-invalid' | 'weights-unsafe', message: string, field?: string) => never;

const text = (value: number | Uint8Array): string =>
  typeof value === 'number' ? String(value) : new TextDecoder().decode(value);

function nameIn(message: Uint8Array, field: number, damaged: () => never): string {
  for (const { number, value } of fieldsOf(message, damaged)) if (number === field) return text(value);
  return '';
}

function operatorSetOf(message: Uint8Array, damaged: () => never): { domain: string; version: number } {
  let domain = '';
  let version = 0;
  for (const { number, value } of fieldsOf(message, damaged)) {
    if (number === 1) domain = text(value);
    if (number === 2 && typeof value === 'number') version = value;
  }
  return { domain, version };
}

function checkNode(message: Uint8Array, refuse: Refuse, damaged: () => never): string {
  const operator = nameIn(message, NODE.operator, damaged);
  const domain = nameIn(message, NODE.domain, damaged);
  if (nested.includes(operator))
    refuse(
      'weights-unsafe',
      `The model has a ${operator} node, whose work cannot be foreseen; it is not loaded.`,
      operator,
    );
  if (!ownDomains.includes(domain))
    refuse(
      'weights-unsafe',
      `The operator ${operator} is of "${domain}", not ONNX's own; it is not loaded.`,
      operator,
    );
  for (const { number, value } of fieldsOf(message, damaged)) {
    if (number !== NODE.attribute || typeof value === 'number') continue;
    for (const part of fieldsOf(value, damaged)) {
      if (part.number === ATTRIBUTE.graph || part.number === ATTRIBUTE.graphs)
        refuse(
          'weights-unsafe',
          `The operator ${operator} holds a graph of its own; it is not loaded.`,
          operator,
        );
      if (part.number === ATTRIBUTE.tensor && typeof part.value !== 'number')
        checkTensor(part.value, refuse, damaged);
    }
  }
  return operator;
}

/** @returns the tensor's name */
function checkTensor(message: Uint8Array, refuse: Refuse, damaged: () => never): string {
  const name = nameIn(message, TENSOR.name, damaged);
  for (const { number, value } of fieldsOf(message, damaged))
    if (number === TENSOR.external || (number === TENSOR.location && value === 1))
      refuse(
        'weights-unsafe',
        `The weights "${name}" lie in another file; export the model into one file (dynamo=False).`,
        name,
      );
  return name;
}
