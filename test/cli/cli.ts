import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { watchedForOthers } from './others-calls.ts'
import { judge } from './schemas/judge.ts'

/** The program, which `npm run build` makes ready. */
export const program = join(import.meta.dirname, '..', '..', 'bin', 'run.js')

/** The exit and the output of a run of the built program. */
export interface Finished {
  /** Null where a signal ended it. */
  exitCode: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** A run of the built program that goes on. */
export interface Running {
  child: ChildProcess
  ended: Promise<Finished>
  /** Waits until its output, both streams together, matches. Fails when it ends before that. */
  says(pattern: RegExp): Promise<RegExpExecArray>
}

export interface Place {
  cwd: string
  env: NodeJS.ProcessEnv
}

/**
 * Starts the built program; it does not outlive its test. About functions that another tool makes it may make none of that
 * tool's calls.
 */
export function start(args: readonly string[], { cwd, env }: Place, input = ''): Running {
  const more = watchedForOthers(args, { cwd, env })
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...env, ...more } })
  // One that has ended already reads nothing; how it ended is what a test looks at.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  return watched(child, (finished) => judge(args, finished))
}

/**
 * Collects what a process writes, and ends it with its test.
 *
 * @param judged throws for an output that may not be; so does the promise of the end
 */
export function watched(
  child: ChildProcessWithoutNullStreams,
  judged: (finished: Finished) => void = () => undefined,
): Running {
  const output = { stdout: '', stderr: '', both: '' }
  const looks = new Set<() => void>()
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text
      output.both += text
      for (const look of looks) look()
    })
  }
  const closed = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode, signal) => {
      resolve({ exitCode, signal, stdout: output.stdout, stderr: output.stderr })
    })
  })
  const ended = closed.then((finished) => {
    judged(finished)
    return finished
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    child,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output.both)
          if (!match) return
          looks.delete(look)
          resolve(match)
        }
        looks.add(look)
        look()
        const without = () => reject(new Error(`it ended without ${String(pattern)}:\n${output.both}`))
        ended.then(without, reject)
      }),
  }
}

/** Returns the stderr of a command without its first line, which has to say where it acts. */
export function afterPlace(stderr: string): string {
  const [, rest] = /^[\w-]+ · [a-z0-9-]+ · [^\n]*\n([^]*)$/.exec(stderr) ?? []
  if (rest === undefined) throw new Error(`expected the place first, got:\n${stderr}`)
  return rest
}

/** Runs the built program to its end. */
export function run(args: readonly string[], place: Place, input?: string): Promise<Finished> {
  return start(args, place, input).ended
}

/** Runs it, and expects this exit code; the output is shown where it is another. */
export async function runTo(exitCode: number, args: readonly string[], place: Place, input?: string) {
  const finished = await run(args, place, input)
  expectExit(finished, exitCode)
  return finished
}

/** Expects an exit code, and of a failure that a person can read it: no stack trace, and at its end the next step. */
export function expectExit({ exitCode, stdout, stderr }: Finished, expected: number): void {
  expect(exitCode, `${stdout}\n${stderr}`).toBe(expected)
  expect(`${stdout}${stderr}`).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
  if (expected === 0) return
  // An interrupt is no error: the person asked for it.
  const lead = expected === 130 ? '' : 'Error: '
  expect(stderr).toMatch(new RegExp(`(?:^|\\n)${lead}[^]+\\n(?: {2}→ [^\\n]+\\n)+$`))
}

/** The functions of a document, as in `status --json`. */
export function functionsOf({ stdout }: Finished): unknown[] {
  return (JSON.parse(stdout) as { functions: unknown[] }).functions
}

/** The entries of `history --json`. */
export function entriesOf({ stdout }: Finished): unknown[] {
  return (JSON.parse(stdout) as { entries: unknown[] }).entries
}

/** The events of a JSON stream, without the version of their schema; each line must be one. */
export function eventsOf({ stdout }: Finished): { event: string; [field: string]: unknown }[] {
  expect(stdout.endsWith('\n')).toBe(true)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { schemaVersion, ...event } = JSON.parse(line) as { event: string; schemaVersion: number }
      expect({ schemaVersion, ...event }).toMatchObject({
        schemaVersion: 1,
        event: expect.any(String) as string,
      })
      return event
    })
}
