import { stat } from 'node:fs/promises'
import { LambdactlError } from '../errors/error.ts'
import type { FoundOutput } from './found-function.ts'
import { samTemplates } from './sources/source-files.ts'

/** Reads the outputs of one tool. @public */
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

/** The first reader that knows an output reads it. */
const readers: readonly OutputReader[] = [samTemplates]

/**
 * Reads a built output, or a source file, of an infrastructure tool.
 *
 * @param path absolute
 * @param shownAs its name for messages
 * @throws LambdactlError USAGE for a path that no reader knows, CONFIG_INVALID
 */
export async function readOutput(path: string, shownAs: string): Promise<FoundOutput> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  for (const reader of isThere ? readers : []) {
    const found = await reader.read(path, shownAs)
    if (found) return found
  }
  const expected = ["a function's name in Lambda", ...readers.map(({ reads }) => reads)].join(', or ')
  const got = `${JSON.stringify(shownAs)}${isThere ? '' : ', which is not there'}`
  throw new LambdactlError('USAGE', `Expected ${expected}; got ${got}.`)
}
