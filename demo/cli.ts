import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** The CLI's entry. */
export const program = join(import.meta.dirname, '..', 'bin', 'run.js')

/** A run of the CLI: what it exited with and what it wrote to stdout. */
export interface Finished {
  exitCode: number
  stdout: string
}

/**
 * Starts the CLI itself, as a user would, in a folder; its talk goes to this terminal.
 *
 * @param detached keeps the terminal's Ctrl-C from it
 */
export function start(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  detached = false,
): ChildProcess {
  const stdio = ['ignore' as const, 'pipe' as const, 'inherit' as const]
  return spawn(process.execPath, [program, ...args], { cwd, env, detached, stdio })
}

/** Runs the CLI to its end; what it writes to stdout is kept and shown. */
export async function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Finished> {
  console.log(`\n$ lambdactl ${args.map(shellWord).join(' ')}`)
  const child = start(args, cwd, env)
  let stdout = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    process.stdout.write(chunk)
  })
  const exitCode = await ended(child)
  if (exitCode !== 0) console.log(`(exit code ${exitCode})`)
  return { exitCode, stdout }
}

/** The exit code, once it has one. */
export function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** So that what is shown can be copied. */
function shellWord(text: string): string {
  return /\s/.test(text) ? `"${text}"` : text
}
