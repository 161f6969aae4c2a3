import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { Command, CommandResult, RunCommand } from '../ports/commands.ts'
import type { CommandEnding } from '../release/hooks.ts'
import { mask } from './mask.ts'
import { outputTail } from './output-tail.ts'
import { type GuardedGroup, guardGroup, killGroup } from './process-group.ts'

/** How long a command that was asked to stop has for it, milliseconds. */
const graceMs = 5000
/** How long output is read once the group is gone: what has left the group may hold it open. Milliseconds. */
const lastOutputMs = 500
const keptOutputBytes = 4096

type Child = ChildProcessByStdio<null, Readable, Readable>

/**
 * Runs a program in a process group of its own, of which nothing is left when this resolves: SIGTERM when its time is over
 * or it is stopped, SIGKILL 5 s later, and SIGKILL for what a program leaves behind. Its stdin is empty, and secrets in its
 * output are masked.
 */
export const runCommand: RunCommand = async (command) => {
  if (command.signal.aborted) return { ending: { how: 'stopped' }, output: '' }
  const child = start(command)
  if (child instanceof Error) return notStarted(command, child)
  const output = outputTail([child.stdout, child.stderr], keptOutputBytes)
  const { pid } = child
  if (pid === undefined) return notStarted(command, await failureOf(child))
  using group = guardGroup(pid)
  // A hook's goes into the journal and the alias's Description, where nothing is masked any more.
  return { ending: await endingOf(child, group, command), output: mask(output()) }
}

function start({ args: [program = '', ...args], directory, environment, isolated }: Command): Child | Error {
  try {
    return spawn(program, args, {
      cwd: directory,
      env: isolated ? { ...environment } : { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
  } catch (error) {
    // An argument that no program can be given, such as one with a NUL in it.
    if (error instanceof Error) return error
    throw error
  }
}

function failureOf(child: Child): Promise<Error> {
  return new Promise((resolve) => void child.once('error', resolve))
}

/** The arguments are not named: a secret may be among them. */
function notStarted({ args: [program = ''] }: Command, error: Error): CommandResult {
  const reason = 'code' in error ? `${program}: ${String(error.code)}` : error.message
  return { ending: { how: 'not-started', reason }, output: '' }
}

/** Waits until the whole group has ended, and ends it where it has to be. */
async function endingOf(
  child: Child,
  { leader }: GuardedGroup,
  { timeoutMs, signal }: Command,
): Promise<CommandEnding> {
  const { promise, resolve } = Promise.withResolvers<CommandEnding>()
  const timers: NodeJS.Timeout[] = []
  const later = (ms: number, action: () => void) => void timers.push(setTimeout(action, ms))
  let ending: CommandEnding | undefined
  const kill = () => {
    killGroup(leader, 'SIGKILL')
    later(lastOutputMs, () => closeOutput(child))
  }
  const end = (how: 'timed-out' | 'stopped') => {
    if (ending) return
    ending = { how }
    killGroup(leader, 'SIGTERM')
    later(graceMs, kill)
  }
  const stop = () => end('stopped')
  later(timeoutMs, () => end('timed-out'))
  signal.addEventListener('abort', stop, { once: true })
  child.once('exit', (code, by) => {
    if (ending) return
    ending = code === null ? { how: 'killed', signal: String(by) } : { how: 'exited', code }
    kill()
  })
  child.once('close', () => resolve(ending ?? { how: 'stopped' }))
  try {
    return await promise
  } finally {
    killGroup(leader, 'SIGKILL')
    signal.removeEventListener('abort', stop)
    for (const timer of timers) clearTimeout(timer)
  }
}

function closeOutput({ stdout, stderr }: Child): void {
  stdout.destroy()
  stderr.destroy()
}
