import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import type { Persistent } from './persistent.ts'

/** Grows when a part's snapshot changes in a way that older code or data does not understand. */
const format = 1

/** What a state file holds. */
interface StateFile {
  lambdactlSandbox: typeof format
  part: string
  state: unknown
}

/** The text that a part's file should hold now. */
export function stateText(part: Persistent): string {
  const file: StateFile = { lambdactlSandbox: format, part: part.key, state: part.snapshot() }
  return JSON.stringify(file)
}

/** Replaces a part's file as a whole: a crash leaves the old one or the new one, never a half. */
export async function writeState(directory: string, key: string, text: string): Promise<void> {
  const file = fileOf(directory, key)
  // Nobody else writes here: the folder has one holder. What a crash leaves is overwritten by the next.
  const temporary = `${file}.tmp`
  await writeFile(temporary, text, { mode: 0o600 })
  await rename(temporary, file)
}

/**
 * Gives a part back what its file holds; without a file, nothing.
 *
 * @throws LambdactlError CONFIG_INVALID for a file that is broken or not ours; it is left as it is
 */
export async function restoreState(directory: string, part: Persistent): Promise<void> {
  const file = fileOf(directory, part.key)
  const text = await readIfThere(file)
  if (text === undefined) return
  try {
    part.restore(checked(JSON.parse(text), part.key).state)
  } catch (error) {
    throw refused(file, error)
  }
}

function checked(value: unknown, key: string): StateFile {
  const file = value as Partial<StateFile> | null
  if (typeof file !== 'object' || file?.lambdactlSandbox !== format || file.part !== key || !file.state) {
    throw new Error(`expected the sandbox's ${key} state in format ${format}`)
  }
  return file as StateFile
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw refused(file, error)
  }
}

function fileOf(directory: string, key: string): string {
  return path.join(directory, `${key}.json`)
}

function refused(file: string, cause: unknown): LambdactlError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new LambdactlError('CONFIG_INVALID', `The sandbox cannot read its state from ${file}: ${reason}.`, {
    next: ['Move that file away to start without it, or choose another --state folder.'],
    cause,
  })
}
