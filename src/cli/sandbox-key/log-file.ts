import { join } from 'node:path'
import { isSameProcess } from '../../processes/start-time.ts'
import { readKeyFile } from './key-file.ts'

/**
 * The log of a sandbox in the background, beside its key file. It stays after the sandbox, until the next one starts.
 */
export function logOf(keyFile: string): string {
  return keyFile.replace(/\.json$/, '.log')
}

/** The log of a sandbox that this process starts and that has no port yet. */
export function startingLog(folder: string): string {
  return join(folder, `starting-${process.pid}.log`)
}

/** Tells whether a log belongs to a sandbox that runs or is being started. */
export function isOfRunning(log: string): boolean {
  const [, starter] = /starting-(\d+)\.log$/.exec(log) ?? []
  if (starter !== undefined) return isSameProcess(Number(starter), undefined)
  return readKeyFile(log.replace(/\.log$/, '.json')) !== undefined
}
