/** Options of all forms of the command. */
export interface ExtractOptions {
  readonly params?: string;
  readonly printParams?: boolean;
  readonly label?: string;
  readonly labels?: string;
  readonly standard?: string;
  readonly format?: string;
  readonly out?: string;
  readonly batch?: string;
  readonly jobs?: string;
  readonly shard?: string;
  readonly voxel?: boolean;
  readonly responseMaps?: boolean;
  readonly explain?: string;
  readonly setting?: readonly string[];
  readonly skipNans?: boolean;
  readonly formatPath?: string;
}
