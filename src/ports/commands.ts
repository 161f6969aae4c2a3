import type { CommandEnding } from '../release/plan/hooks.ts'

/** A program to run beside lambdactl, without a shell. */
export interface Command {
  /** The program, found like in a shell, and its arguments. */
  args: readonly string[]
  directory: string
  /** Variables to add to the process's own environment; with `isolated` these are the only ones. */
  environment: Readonly<Record<string, string>>
  /**
   * For code that must not get the user's credentials: if the system allows it, the program also can't find them in
   * files or other processes.
   */
  isolated?: boolean
  timeoutMs: number
  /** Ends the program. */
  signal: AbortSignal
}

export interface CommandResult {
  ending: CommandEnding
  /** The last 4 KB of its output, both streams together, without control characters except tabs and line ends. */
  output: string
}

/** Runs a program to its end; never rejects, and leaves no process behind. */
export type RunCommand = (command: Command) => Promise<CommandResult>
