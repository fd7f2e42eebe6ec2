import { isNode, parseDocument } from 'yaml';
import { parseParameters } from '../parameters/parse-parameters.ts';
import { type Parameters, resolveSettings } from '../parameters/resolve-settings.ts';
import type { ExtractionSettings } from '../parameters/settings.ts';

/**
 * Settings of a golden file, read as the parameter file that its text would be: plain JSON does not tell `1` from
 * `1.0`, and names of images do. A setting that only the reference's constructor takes is resolved as plain data.
 */
export function goldenSettings(json: string, file: string): ExtractionSettings {
  const document = parseDocument(json);
  const text = (part: string): string => {
    const node = document.get(part, true);
    return isNode(node) ? json.slice(node.range![0], node.range![1]) : '{}';
  };
  const parameters = `{"setting": ${text('settings')}, "imageType": ${text('imageType')}, "featureClass": ${text('featureClass')}}`;
  return /"weightingNorm": "nonsense"|"sigma": \[[^\]]*-/.test(parameters)
    ? resolveSettings(JSON.parse(parameters) as Parameters)
    : parseParameters(parameters, file);
}
