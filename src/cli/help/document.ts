import type { Command } from '@oclif/core/command'
import { exitCodes } from '../exit/exit-codes.ts'

/** Help in a form for programs. */
export interface HelpDocument {
  commands: CommandDocument[]
  /** The meanings by exit code. */
  exitCodes: typeof exitCodes
}

interface CommandDocument {
  /** The command as a person types it: `canary pause`. */
  command: string
  summary: string | undefined
  description: string | undefined
  args: { name: string; description: string | undefined; required: boolean }[]
  /** `type` is `boolean` for flags without a value. */
  flags: { name: string; type: string; description: string | undefined; required: boolean }[]
}

/**
 * Describes the commands that some words name.
 *
 * @param words of one command, or of a topic with several; empty: all commands
 */
export function helpDocument(words: readonly string[], all: readonly Command.Loadable[]): HelpDocument {
  const id = words.join(':')
  const named = all.filter((command) => id === '' || command.id === id || command.id.startsWith(`${id}:`))
  const shown = named.filter(({ hidden }) => !hidden).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return { commands: shown.map(commandDocument), exitCodes }
}

function commandDocument({ id, summary, description, args, flags }: Command.Loadable): CommandDocument {
  return {
    command: id.replaceAll(':', ' '),
    summary,
    description,
    args: Object.values(args).map((arg) => ({
      name: arg.name,
      description: arg.description,
      required: arg.required ?? false,
    })),
    flags: Object.values(flags).map((flag) => ({
      name: flag.name,
      type: flag.type,
      description: flag.description,
      required: flag.required ?? false,
    })),
  }
}
