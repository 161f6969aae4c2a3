import { join } from 'node:path'
import { isSameProcess } from '../../processes/start-time.ts'
import { readKeyFile } from './key-file.ts'

/** Where a sandbox in the background writes to, beside its key file. It stays after the sandbox, until the next one starts. */
export function logOf(keyFile: string): string {
  return keyFile.replace(/\.json$/, '.log')
}

/** The same for one that has no port yet, and is started by this process. */
export function startingLog(folder: string): string {
  return join(folder, `starting-${process.pid}.log`)
}

/** Whether a log is that of a sandbox that runs, or that is just being started. */
export function isOfRunning(log: string): boolean {
  const [, starter] = /starting-(\d+)\.log$/.exec(log) ?? []
  if (starter !== undefined) return isSameProcess(Number(starter), undefined)
  return readKeyFile(log.replace(/\.log$/, '.json')) !== undefined
}
