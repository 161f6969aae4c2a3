import { CLIError } from '@oclif/core/errors'
import { closest } from '../../config/values/closest.ts'
import { LambdactlError } from '../../errors/error.ts'
import { shellWord } from '../../errors/shell-word.ts'

/** The command that was run: its id in oclif, the words after it, and the ids of all commands. */
interface Typed {
  id: string
  argv: readonly string[]
  ids: readonly string[]
}

/**
 * Explains oclif's error for too many arguments, with the arguments that the command takes; returns other errors
 * unchanged.
 */
export function explainUnexpected(thrown: Error, typed: Typed): Error {
  if (!isOfUnexpected(thrown)) return thrown
  const names = Object.keys(thrown.parse.input.args).map((name) => name.toUpperCase())
  const command = typed.id.replaceAll(':', ' ')
  const takes = names.length === 0 ? 'no argument' : names.join(' ')
  const got = thrown.args.map((word) => JSON.stringify(word)).join(', ')
  const meant = subcommandIn(typed)
  return new LambdactlError('USAGE', `lambdactl ${command} takes ${takes}; ${got} is too much.`, {
    next: [
      ...(meant ? [`Did you mean ${meant}?`] : []),
      `Remove it, or see the flags: lambdactl ${command} --help`,
    ],
    cause: thrown,
  })
}

/** For `canary hello status` or `canary statsu hello`: `canary` is a command itself. */
function subcommandIn({ id, argv, ids }: Typed): string | undefined {
  const subs = ids.filter((each) => each.startsWith(`${id}:`)).map((each) => each.slice(id.length + 1))
  for (const [index, word] of argv.entries()) {
    const sub = word.startsWith('-') ? undefined : closest(word, subs)
    if (sub !== undefined) return ['lambdactl', id, sub, ...argv.toSpliced(index, 1).map(shellWord)].join(' ')
  }
  return undefined
}

type UnexpectedArguments = CLIError & {
  args: readonly string[]
  parse: { input: { args: Record<string, unknown> } }
}

/** oclif exports no class for this error; it is the only one with plain words in `args`. */
function isOfUnexpected(thrown: Error): thrown is UnexpectedArguments {
  if (!(thrown instanceof CLIError)) return false
  const { args, parse } = thrown as Partial<UnexpectedArguments>
  return parse !== undefined && Array.isArray(args) && typeof args[0] === 'string'
}
