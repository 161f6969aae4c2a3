import type { CommandEnding } from '../release/plan/hooks.ts'

/** A program to run beside lambdactl, without a shell. */
export interface Command {
  /** The program, found as a shell would find it, and its arguments. */
  args: readonly string[]
  directory: string
  /** Its variables on top of the process's own environment; its only variables where `isolated` is set. */
  environment: Readonly<Record<string, string>>
  /** For code that is not trusted with the user's credentials: it also finds them neither in files nor in other processes, where the system can do that. */
  isolated?: boolean
  timeoutMs: number
  /** Stops it. */
  signal: AbortSignal
}

export interface CommandResult {
  ending: CommandEnding
  /** The last 4 KB of what it wrote, both streams together, without control characters but tabs and line ends. */
  output: string
}

/** Runs a program to its end; never rejects, and leaves no process behind. */
export type RunCommand = (command: Command) => Promise<CommandResult>
