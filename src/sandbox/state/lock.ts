import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { LambdactlError } from '../../errors/error.ts'
import { createPrivately } from './folder.ts'
import { openSqlite, sqliteCodeOf, sqliteCodes } from './sqlite.ts'

/** A state folder that this process holds. */
export interface Lock {
  release(): Promise<void>
}

/**
 * Locks the folder by SQLite's lock on an empty database, which the operating system releases however the process ends.
 * It is a writer's lock: only one process has it, and nobody waits for it. A file beside it names the holder.
 *
 * @throws LambdactlError CONFLICT if another sandbox has the folder
 */
export async function lockDirectory(directory: string): Promise<Lock> {
  const holderFile = path.resolve(directory, 'lock')
  const database = await claim(path.resolve(directory, 'lock.db'))
  if (!database) throw taken(directory, await holderOf(holderFile))
  await writeFile(holderFile, `${process.pid}\n`, { mode: 0o600 }).catch(() => {
    // The file is only for a message, and the disk may be full.
  })
  return {
    async release() {
      await rm(holderFile, { force: true })
      database.close()
    },
  }
}

async function claim(file: string): Promise<DatabaseSync | undefined> {
  await createPrivately(file)
  const database = openSqlite(file)
  try {
    // Nothing is written, so no file for undoing is needed.
    database.exec('PRAGMA journal_mode = MEMORY')
    database.exec('BEGIN IMMEDIATE')
    return database
  } catch (error) {
    database.close()
    if (sqliteCodeOf(error) === sqliteCodes.busy) return undefined
    throw error
  }
}

/** The process id; undefined if the holder has not written it yet. */
async function holderOf(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return /^\d+/.exec(text)?.[0]
}

function taken(directory: string, holder: string | undefined): LambdactlError {
  const who = holder === undefined ? '' : ` (process ${holder})`
  return new LambdactlError('CONFLICT', `Another sandbox${who} keeps its state in ${directory}.`, {
    next: ['Stop that sandbox, or give this one another --state folder.'],
  })
}
