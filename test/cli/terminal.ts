import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { type Place, program, type Running, watched } from './cli.ts'

/** A run on a terminal: its screen is stdout, and its stderr says in the end whether the terminal has its modes back. */
export interface OnTerminal extends Running {
  type(keys: string): void
  /** Of the program itself. */
  signal(signal: NodeJS.Signals): Promise<void>
}

export const ctrlC = '\u0003'
export const ctrlZ = '\u001A'

const helper = join(import.meta.dirname, 'terminal.py')

/** Starts the built program on a pseudo terminal, which Python's standard library can make and Node's can't. */
export function startOnTerminal(args: readonly string[], place: Place, shell: string[] = []): OnTerminal {
  return startProgramOnTerminal([...shell, process.execPath, program, ...args], place)
}

/** Starts any program on a pseudo terminal. */
export function startProgramOnTerminal(command: readonly string[], { cwd, env }: Place): OnTerminal {
  const child = spawn('python3', [helper, ...command], { cwd, env: { TERM: 'xterm', ...env } })
  const running = watched(child)
  return {
    ...running,
    type: (keys) => void child.stdin.write(keys),
    async signal(signal) {
      const [, pid] = await running.says(/^pid (\d+)$/m)
      process.kill(Number(pid), signal)
    },
  }
}
