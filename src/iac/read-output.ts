import { stat } from 'node:fs/promises'
import { LambdactlError } from '../errors/error.ts'
import { cdkOutput } from './cdk/read-cdk.ts'
import { cloudFormationTemplates } from './cloudformation/read-stack.ts'
import type { FoundOutput } from './found-function.ts'
import type { OutputReader } from './output-reader.ts'
import { samBuild } from './sam/read-build.ts'
import { serverlessPackages } from './serverless/read-serverless.ts'
import { samTemplates, serverlessFiles } from './sources/source-files.ts'
import { terraform } from './terraform/read-terraform.ts'

/** The first reader that knows an output reads it. */
const readers: readonly OutputReader[] = [
  terraform,
  cdkOutput,
  samBuild,
  serverlessPackages,
  samTemplates,
  serverlessFiles,
  cloudFormationTemplates,
]

/**
 * Reads a built output, or a source file, of an infrastructure tool.
 *
 * @param path absolute
 * @param shownAs its name for messages
 * @throws LambdactlError USAGE for a path that no reader knows, CONFIG_INVALID
 */
export async function readOutput(path: string, shownAs: string): Promise<FoundOutput> {
  const there = await stat(path).catch(() => undefined)
  const isThere = there !== undefined
  // Reading a pipe or a device may never end.
  if (there && !there.isFile() && !there.isDirectory())
    throw new LambdactlError('USAGE', `Expected a file or a folder, got ${shownAs}, which is neither.`, {
      next: ['Write the output into a file first, then name that file.'],
    })
  for (const reader of isThere ? readers : []) {
    const found = await reader.read(path, shownAs).catch((error: unknown) => {
      throw error instanceof RangeError ? tooDeep(shownAs, error) : error
    })
    if (found) return found
  }
  const expected = ["a function's name in Lambda", ...readers.map(({ reads }) => reads)].join(', or ')
  const got = `${JSON.stringify(shownAs)}${isThere ? '' : ', which is not there'}`
  throw new LambdactlError('USAGE', `Expected ${expected}; got ${got}.`)
}

/** No honest output is nested so deep that a reader's stack ends. */
function tooDeep(shownAs: string, cause: RangeError): LambdactlError {
  return new LambdactlError('CONFIG_INVALID', `${shownAs} can't be read: its parts are nested too deep.`, {
    next: ['Have the tool write its output again, then run the command again.'],
    cause,
  })
}
