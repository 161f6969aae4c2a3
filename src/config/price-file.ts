import { readFile } from 'node:fs/promises'
import { LambdactlError } from '../errors/error.ts'
import { readDocument } from './file/document.ts'

/**
 * Reads a file of prices, YAML or JSON, as it is written.
 *
 * @throws LambdactlError CONFIG_INVALID if it can't be read, or is no YAML
 */
export async function readPriceFile(file: string): Promise<{ value: unknown; file: string }> {
  return { value: readDocument(await readText(file), file).value, file }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new LambdactlError('CONFIG_INVALID', `${file} can't be read: ${(cause as Error).message}.`, {
      cause,
      next: ['Name a file that can be read: --prices FILE, or the variable LAMBDACTL_PRICES.'],
    })
  }
}
