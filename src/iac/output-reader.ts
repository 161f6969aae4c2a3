import type { FoundOutput } from './found-function.ts'

/** Reads the outputs of one tool. */
export interface OutputReader {
  /** Its outputs for a person, as in `cdk.out`. */
  reads: string
  /**
   * Returns the output's content; undefined for a path that is no output of this tool.
   *
   * @param path absolute; it exists
   * @param shownAs its name for messages, and in `LeftOut`
   * @throws LambdactlError CONFIG_INVALID for an output of this tool that can't be read
   */
  read(path: string, shownAs: string): Promise<FoundOutput | undefined>
}
