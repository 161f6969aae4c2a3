/** The code of a function on this machine. */
export interface CodePlace {
  /** The path of a folder or a zip. */
  readonly source: string
  /** A function in the folder, which is the output of an infrastructure tool. */
  readonly part?: string | undefined
}

/**
 * Tells whether an infrastructure tool has built the code: `cdk synth`, or `sam build` in its usual folder. Such code is
 * packaged as it is, since it has its dependencies.
 */
export function isBuiltElsewhere({ source, part }: CodePlace): boolean {
  return part !== undefined || /(^|[/\\])\.aws-sam[/\\]/.test(source)
}
