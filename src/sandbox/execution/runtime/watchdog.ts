import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { bootstrapDirectory } from './runtime-command.ts'

/** Ends environments and removes a folder when the sandbox dies and can't do it itself, as after kill -9. */
export interface Watchdog {
  /**
   * From now on the process group ends with the sandbox, with the processes that left it and have the mark in their
   * variables.
   */
  add(group: number, mark: string): void
  remove(group: number): void
  /** Removes the folder and waits for the watchdog's end. */
  close(): Promise<void>
}

/** @param folder of no use once the sandbox has ended */
export function startWatchdog(folder: string): Watchdog {
  const child = spawn('/bin/sh', [join(bootstrapDirectory, 'watchdog.sh'), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
  })
  const exited = once(child, 'exit')
  child.stdin.on('error', (error) => console.error(`A watchdog of the sandbox is gone: ${error.message}`))
  return {
    add: (group, mark) => child.stdin.write(`+ ${group}:${mark}\n`),
    remove: (group) => child.stdin.write(`- ${group}\n`),
    async close() {
      child.stdin.end()
      await exited
    },
  }
}
