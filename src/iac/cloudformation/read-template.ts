import { readFile } from 'node:fs/promises'
import { LambdactlError } from '../../errors/error.ts'
import { mapOf } from '../json.ts'
import { dataOf, type Part } from '../sources/part.ts'
import { readSource } from '../sources/read-source.ts'

/** A template of CloudFormation whose intrinsic functions stay open, as in `{Ref: Orders}`. */
export type Template = Readonly<Record<string, unknown>>

/**
 * Reads a template of YAML or JSON.
 *
 * @param path absolute
 * @throws LambdactlError CONFIG_INVALID if it can't be read
 */
export async function readTemplate(path: string): Promise<Template> {
  if (path.endsWith('.json')) return readJson(path)
  return mapOf(dataOf(await readTemplateLines(path)))
}

/**
 * Reads a template of YAML or JSON with its lines.
 *
 * @param path absolute
 * @throws LambdactlError CONFIG_INVALID if it can't be read
 */
export async function readTemplateLines(path: string): Promise<Part> {
  return readSource(await textIn(path), path, '1.1')
}

/**
 * Reads a file of JSON.
 *
 * @param path absolute
 * @throws LambdactlError CONFIG_INVALID if it can't be read
 */
export async function readJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await textIn(path)
  try {
    return mapOf(JSON.parse(text))
  } catch (cause) {
    throw unreadable(path, `it is no JSON${placeIn(cause)}`, cause)
  }
}

/** The place alone: the whole message would quote the file, which may have secrets. */
function placeIn(error: unknown): string {
  const [place] = /\(line \d+ column \d+\)$/.exec(error instanceof Error ? error.message : '') ?? []
  return place === undefined ? '' : ` ${place}`
}

async function textIn(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw unreadable(path, (cause as Error).message, cause)
  })
}

function unreadable(path: string, why: string, cause: unknown): LambdactlError {
  return new LambdactlError('CONFIG_INVALID', `${path} can't be read: ${why}.`, {
    next: ['Have the tool write its output again, as with `cdk synth`, then run the command again.'],
    cause,
  })
}
