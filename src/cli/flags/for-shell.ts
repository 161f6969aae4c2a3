import { shellWord } from '../../errors/shell-word.ts'

const places = ['config', 'region', 'endpoint-url', 'profile'] as const

type PlaceFlags = Partial<Record<(typeof places)[number], string | undefined>>

/** The given flags for the place where a command acts, ready for a shell. */
export function placeFlags(given: PlaceFlags): string[] {
  return places.flatMap((name) => {
    const value = given[name]
    return value === undefined ? [] : [`--${name}`, shellWord(value)]
  })
}

/** The flags for the same place in a folder without this file, ready for a shell. */
export function wholePlaceFlags(
  given: PlaceFlags,
  file: { region?: string | undefined; endpoint?: string | undefined; profile?: string | undefined },
): string[] {
  const { region = file.region, 'endpoint-url': endpoint = file.endpoint, profile = file.profile } = given
  return placeFlags({ region, 'endpoint-url': endpoint, profile })
}

/** A word of a command line, parsed by oclif. */
interface Token {
  type: string
  flag?: string
  input: string
}

/** All other given flags of a release, ready for a shell, without those for its output and for a dry run. */
export function releaseFlags(tokens: readonly Token[]): string[] {
  const others: readonly string[] = [
    ...places,
    'env',
    'json',
    'quiet',
    'verbose',
    'yes',
    'dry-run',
    'build',
    'events',
  ]
  return tokens.flatMap(({ type, flag = '', input }) => {
    if (type !== 'flag' || others.includes(flag)) return []
    return isSwitch(flag, input) ? [input] : [`--${flag}`, shellWord(input)]
  })
}

/** A flag without a value equals its input: `--detach`, `--no-load`. */
function isSwitch(flag: string, input: string): boolean {
  return input === `--${flag}` || input === `--no-${flag}`
}
