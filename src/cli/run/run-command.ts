import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Command, CommandResult, RunCommand } from '../../ports/commands.ts'
import { killGroup } from '../../processes/group.ts'
import { killStragglers, noteNamespaces, type Tracked, track } from '../../processes/stragglers.ts'
import { findWall, type Program } from '../../processes/wall.ts'
import type { CommandEnding } from '../../release/plan/hooks.ts'
import { mask } from '../output/mask.ts'
import { outputTail } from './output-tail.ts'
import { guardGroup } from './process-group.ts'

/** The time that a program has to end after it was asked to stop, milliseconds. */
const graceMs = 5000
/**
 * The time for reading output after the group has ended: a process that left the group may hold it open. Milliseconds.
 */
const lastOutputMs = 500
const keptOutputBytes = 4096
const noteEachMs = 20

type Child = ChildProcessByStdio<null, Readable, Readable>

/**
 * Runs a program in a process group of its own, and leaves no process behind. At its time limit, or when it is stopped,
 * the group gets SIGTERM, and SIGKILL 5 s later. Remaining processes get SIGKILL, also (on Linux) outside of the group.
 * Its stdin is empty, and secrets in its output are masked.
 */
export const runCommand: RunCommand = async (command) => {
  if (command.signal.aborted) return { ending: { how: 'stopped' }, output: '' }
  const mark = randomUUID()
  const child = start(await programOf(command, mark))
  if (child instanceof Error) return notStarted(command, child)
  const output = outputTail([child.stdout, child.stderr], keptOutputBytes)
  const { pid } = child
  if (pid === undefined) return notStarted(command, await failureOf(child))
  const group = track(pid, mark)
  const guard = guardGroup(group)
  try {
    // A hook's output goes into the journal and the alias's Description, where nothing is masked any more.
    return { ending: await endingOf(child, group, command), output: mask(output()) }
  } finally {
    guard[Symbol.dispose]()
    group[Symbol.dispose]()
  }
}

/** @param mark finds the processes that the program leaves behind */
async function programOf(
  { args: [file = '', ...args], directory, environment, isolated }: Command,
  mark: string,
): Promise<Program> {
  const variables = { ...(isolated ? {} : process.env), ...environment, _LAMBDACTL_COMMAND: mark }
  const program = { file, args, directory, variables }
  const wall = isolated ? await findWall() : undefined
  return wall ? wall(program) : program
}

function start({ file, args, directory, variables }: Program): Child | Error {
  try {
    return spawn(file, args, {
      cwd: directory,
      env: variables,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
  } catch (error) {
    // An impossible argument, such as one with a NUL.
    if (error instanceof Error) return error
    throw error
  }
}

function failureOf(child: Child): Promise<Error> {
  return new Promise((resolve) => void child.once('error', resolve))
}

/** The arguments are not shown: a secret may be among them. */
function notStarted({ args: [program = ''] }: Command, error: Error): CommandResult {
  const reason = 'code' in error ? `${program}: ${String(error.code)}` : error.message
  return { ending: { how: 'not-started', reason }, output: '' }
}

/** Waits until the whole group has ended, and ends it if necessary. */
async function endingOf(
  child: Child,
  group: Tracked,
  { timeoutMs, signal }: Command,
): Promise<CommandEnding> {
  const { promise, resolve } = Promise.withResolvers<CommandEnding>()
  const timers: NodeJS.Timeout[] = []
  const later = (ms: number, action: () => void) => void timers.push(setTimeout(action, ms))
  let ending: CommandEnding | undefined
  const { leader } = group
  const killAll = () => {
    killGroup(leader, 'SIGKILL')
    killStragglers([group])
  }
  const kill = () => {
    killAll()
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
  // The namespaces become its own only after a moment, and can't be read after it has ended.
  const noting = setInterval(() => noteNamespaces(group), noteEachMs)
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
    killAll()
    signal.removeEventListener('abort', stop)
    clearInterval(noting)
    for (const timer of timers) clearTimeout(timer)
  }
}

function closeOutput({ stdout, stderr }: Child): void {
  stdout.destroy()
  stderr.destroy()
}
