import { readFile } from 'node:fs/promises'
import { LambdactlError } from '../../errors/error.ts'
import { mapOf } from '../json.ts'

/** A template of CloudFormation whose intrinsic functions stay open, as in `{Ref: Orders}`. */
export type Template = Readonly<Record<string, unknown>>

/**
 * Reads a file of JSON.
 *
 * @param path absolute
 * @throws LambdactlError CONFIG_INVALID if it can't be read
 */
export async function readJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return mapOf(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new LambdactlError('CONFIG_INVALID', `${path} can't be read: ${(cause as Error).message}.`, {
      next: ['Have the tool write its output again, as with `cdk synth`, then run the command again.'],
      cause,
    })
  }
}
