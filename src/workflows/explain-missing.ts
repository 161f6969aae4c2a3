import { asLambdactlError, LambdactlError } from '../errors/error.ts'
import { commandFor, type Run, type Target } from './run.ts'

/** How many versions an error names, the newest. */
const most = 10

/**
 * An error that says which versions there are in place of those that an alias was to be put on.
 *
 * @param serving the version that the alias is on, which is no way back
 * @returns the error itself where they exist: then something else is missing
 */
export async function explainMissing(
  run: Run,
  target: Target,
  wanted: readonly string[],
  serving: string,
  error: unknown,
): Promise<unknown> {
  try {
    const existing = (await run.aws.functions.versions(target.lambdaName)).map(({ version }) => version)
    const missing = wanted.filter((version) => version !== '$LATEST' && !existing.includes(version))
    return missing.length === 0 ? error : notThere(target, missing, serving, existing, error)
  } catch (unlisted) {
    const message = `${asLambdactlError(error).message.replace(/\.?$/, '.')} Which versions there are could not be seen: ${asLambdactlError(unlisted).message}`
    return new LambdactlError('NOT_FOUND', message, {
      next: [`Find one that exists, then: ${commandFor(target, 'rollback', '--to', 'N')}`],
      cause: error,
    })
  }
}

/** @param existing the newest first */
function notThere(
  target: Target,
  missing: readonly string[],
  serving: string,
  existing: readonly string[],
  cause: unknown,
): LambdactlError {
  const others = existing.filter((version) => version !== serving)
  const choice = others.find((version) => Number(version) < Number(serving)) ?? others[0]
  const message = `${ofVersions(missing, 'does not exist', 'do not exist')} in ${target.lambdaName}, or not any more, so ${target.alias} was not moved; ${inExistence(existing)}.`
  return new LambdactlError('NOT_FOUND', message, {
    next: [
      ...(choice === undefined
        ? []
        : [`Choose a version that exists: ${commandFor(target, 'rollback', '--to', choice)}`]),
      `Or release a version that is well: ${commandFor(target, 'deploy')}`,
    ],
    cause,
  })
}

function inExistence(existing: readonly string[]): string {
  if (existing.length === 0) return 'no version exists'
  const shown = existing.slice(0, most).toReversed()
  const rest = existing.length > shown.length ? `, and ${existing.length - shown.length} older ones` : ''
  return `${ofVersions(shown, 'exists', 'exist').toLowerCase()}${rest}`
}

/** `Version 2 was deleted`, `Versions 1, 2 and 3 were deleted`. */
export function ofVersions(versions: readonly string[], one: string, several: string): string {
  const [last] = versions.slice(-1)
  if (versions.length === 1) return `Version ${last} ${one}`
  return `Versions ${versions.slice(0, -1).join(', ')} and ${last} ${several}`
}
