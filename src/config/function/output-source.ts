/** A function in the output of `cdk synth`, whose assets have another folder after each change. */
export interface OutputSource {
  /** As the file writes it. */
  readonly folder: string
  /** `STACK/LOGICAL_ID`. */
  readonly part: string
}

/** Reads `cdk.out#STACK/LOGICAL_ID`; undefined for a path. */
export function outputSourceOf(source: string): OutputSource | undefined {
  const { folder, part } = /^(?<folder>[^#]+)#(?<part>[^#/][^#]*\/[A-Za-z0-9]+)$/.exec(source)?.groups ?? {}
  return folder !== undefined && part !== undefined ? { folder, part } : undefined
}
