import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { LambdactlError } from '../../errors/error.ts'

/** The lock files of this process. One that holds our id and is not here was left by an earlier process of that id. */
const held = new Set<string>()

/** A state folder that this process holds. */
export interface Lock {
  release(): Promise<void>
}

/**
 * Makes the folder where it is missing and claims it with a file that holds this process's id. The lock of a process
 * that is gone is taken over.
 *
 * @throws LambdactlError CONFLICT when another sandbox has the folder, CONFIG_INVALID when it cannot be written to
 */
export async function lockDirectory(directory: string): Promise<Lock> {
  const file = path.resolve(directory, 'lock')
  try {
    await mkdir(directory, { recursive: true })
    await lock(directory, file)
  } catch (error) {
    throw error instanceof LambdactlError ? error : unusable(directory, error)
  }
  held.add(file)
  return {
    async release() {
      held.delete(file)
      await rm(file, { force: true })
    },
  }
}

async function lock(directory: string, file: string): Promise<void> {
  if (await claim(file)) return
  const holder = Number((await readFile(file, 'utf8').catch(ignoreMissing)).trim())
  if (isHeld(file, holder)) throw taken(directory, file, holder)
  await rm(file, { force: true })
  if (!(await claim(file))) throw taken(directory, file, holder)
}

/** Whether the file was not there and is ours now. */
async function claim(file: string): Promise<boolean> {
  try {
    await writeFile(file, `${process.pid}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function isHeld(file: string, pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  if (pid === process.pid) return held.has(file)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The holder may release its lock between our two looks. */
function ignoreMissing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}

function taken(directory: string, file: string, holder: number): LambdactlError {
  return new LambdactlError(
    'CONFLICT',
    `Another sandbox (process ${holder}) keeps its state in ${directory}.`,
    {
      next: [
        'Stop that sandbox, or give this one another --state folder.',
        `If process ${holder} is no sandbox, remove ${file}.`,
      ],
    },
  )
}

function unusable(directory: string, cause: unknown): LambdactlError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new LambdactlError(
    'CONFIG_INVALID',
    `The sandbox cannot keep its state in ${directory}: ${reason}.`,
    {
      next: ['Give it a --state folder that it may write to.'],
      cause,
    },
  )
}
