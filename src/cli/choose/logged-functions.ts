import { matchesGlob } from 'node:path'
import type { LocatedEnvironment } from '../../config/service/locate.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { Source } from '../../workflows/logs/wanted-functions.ts'
import { functionArn } from './function-arn.ts'

/** The functions that a person named to read their logs. */
export interface LoggedFunctions {
  sources: readonly Source[]
  /** Names of Lambda's own that are not in the file. */
  foreign: readonly string[]
  /** Patterns that fit no function of the file. */
  patterns: readonly string[]
  /** The version of an ARN. */
  version: string | undefined
  /** The alias of an ARN. */
  alias: string | undefined
}

/**
 * Reads names and patterns of `lambdactl.yaml`, names and patterns of Lambda, and ARNs.
 *
 * @throws LambdactlError USAGE for an empty name, as of a variable that is not set
 */
export function loggedFunctions(
  { functions }: Pick<LocatedEnvironment, 'functions'>,
  words: readonly string[],
): LoggedFunctions {
  const sources = new Map<string, Source>()
  const foreign: string[] = []
  const patterns: string[] = []
  let qualifier: string | undefined
  if (words.some((word) => word.trim() === '')) {
    throw new LambdactlError('USAGE', 'Expected the name of a function, got an empty text.', {
      next: ['Name a function, or correct the variable that should name it.'],
    })
  }
  for (const word of words) {
    const arn = functionArn(word)
    const name = arn?.name ?? word
    qualifier ??= arn?.qualifier
    const isPattern = /[*?[{]/.test(name)
    const found = functions.filter((fn) =>
      isPattern ? matchesGlob(fn.name, name) : fn.lambdaName === name || (fn.name === name && !arn),
    )
    // A name of the file comes before the same name in Lambda.
    const own = found.filter((fn) => isPattern || fn.name === name)
    for (const fn of own.length > 0 ? own : found) sources.set(fn.lambdaName, fn)
    if (found.length === 0) (isPattern ? patterns : foreign).push(name)
  }
  if (qualifier !== undefined && words.length > 1) {
    throw new LambdactlError('USAGE', 'An ARN with a version or an alias is read alone.', {
      next: ['Leave the other functions out, or take the last part of the ARN away.'],
    })
  }
  const isVersion = /^(?:\d+|\$LATEST)$/.test(qualifier ?? '')
  return {
    sources: [...sources.values()],
    foreign,
    patterns,
    version: isVersion ? qualifier : undefined,
    alias: isVersion ? undefined : qualifier,
  }
}

/** The name under which a function of the account is shown that fits a pattern; undefined for all others. */
export function byPatterns(
  { functions }: Pick<LocatedEnvironment, 'functions'>,
  patterns: readonly string[],
): ((lambdaName: string) => string | undefined) | undefined {
  if (patterns.length === 0) return undefined
  return (lambdaName) =>
    patterns.some((pattern) => matchesGlob(lambdaName, pattern))
      ? (functions.find((fn) => fn.lambdaName === lambdaName)?.name ?? lambdaName)
      : undefined
}
