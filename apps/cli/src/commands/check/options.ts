/** Options of the command line. */
export interface CheckCommandOptions {
  readonly out?: string;
  readonly pictures?: string;
  readonly repair?: true | string;
  readonly label?: string;
  readonly labels?: string;
  readonly jobs?: string;
}
