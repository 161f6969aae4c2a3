import type { CLIError } from '@oclif/core/errors'
import { closest } from '../../config/values/closest.ts'

/** oclif exports no class for this error; it has these fields. */
interface NonexistentFlags {
  flags: readonly string[]
  parse: { input: { flags: Record<string, unknown> } }
}

/** Returns the next steps after an unknown flag: the flag that was most likely meant, and all existing flags. */
export function nextAfterUnknownFlag(error: CLIError): string[] {
  if (!isOfUnknownFlags(error)) return []
  const { flags, parse } = error
  const known = Object.keys(parse.input.flags).map((name) => `--${name}`)
  const meant = flags.map((flag) => closest(flag, known)).filter((flag) => flag !== undefined)
  return [
    ...(meant.length > 0 ? [`Did you mean ${meant.join(', ')}?`] : []),
    `The flags are: ${known.toSorted().join(', ')}.`,
  ]
}

function isOfUnknownFlags(error: CLIError): error is CLIError & NonexistentFlags {
  const { flags, parse } = error as CLIError & Partial<NonexistentFlags>
  return Array.isArray(flags) && parse !== undefined
}
