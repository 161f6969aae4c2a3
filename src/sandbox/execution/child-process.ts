import { spawn } from 'node:child_process'
import type { Exit } from './failure.ts'
import type { RuntimeCommand } from './runtime-command.ts'

/** A process that leads a group of its own. */
export interface Child {
  /** Undefined where it could not be started; `exited` then tells why. */
  pid: number | undefined
  exited: Promise<Exit>
  /** Kills the whole group and waits for the leader's end. */
  kill(): Promise<void>
}

export interface ChildOptions {
  directory: string
  variables: Record<string, string>
  /** Takes both stdout and stderr. */
  output: number
}

export function startChild({ file, args }: RuntimeCommand, options: ChildOptions): Child {
  const child = spawn(file, args, {
    cwd: options.directory,
    env: options.variables,
    stdio: ['ignore', options.output, options.output],
    detached: true,
  })
  const { pid } = child
  let running = pid !== undefined
  const killOnce = () => {
    if (running && pid !== undefined) killGroup(pid)
    running = false
  }
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      // The leader is gone; what it started may not be.
      killOnce()
      resolve({ code, signal })
    })
    child.once('error', (error) => resolve({ code: null, signal: null, error }))
  })
  return {
    pid,
    exited,
    async kill() {
      killOnce()
      await exited
    },
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // ESRCH: the whole group is gone already. EPERM: macOS says so of a group of zombies.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}
