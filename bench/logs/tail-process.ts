import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'

/** A tail that runs. */
export interface TailProcess {
  /** Its exit code, once it has ended. */
  ended: Promise<number>
  hasEnded(): boolean
  interrupt(): void
  /** Seconds of CPU until now, and resident memory in MiB. */
  usage(): Promise<Usage>
  stderr(): string
}

export interface Usage {
  cpu: number
  resident: number
}

/** Starts a tail whose output goes into a pipe. */
export function tailProcess(
  [program = '', ...args]: readonly string[],
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
  onText: (text: string) => void,
): TailProcess {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.setEncoding('utf8').on('data', onText)
  const told: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => told.push(text))
  return {
    ended: once(child, 'close').then(([code]) => Number(code)),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    interrupt: () => void child.kill('SIGINT'),
    usage: () => usageOf(child),
    stderr: () => told.join(''),
  }
}

/** Linux tells it of any process; clock ticks there are a hundredth of a second. */
async function usageOf({ pid }: ChildProcess): Promise<Usage> {
  const [stat, status] = await Promise.all(
    ['stat', 'status'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
  )
  const [, ...fields] = stat?.split(') ').at(-1)?.split(' ') ?? []
  const [user = 0, system = 0] = fields.slice(10, 12).map(Number)
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(status ?? '') ?? []
  return { cpu: (user + system) / 100, resident: Number(kilobytes) / 1024 }
}
