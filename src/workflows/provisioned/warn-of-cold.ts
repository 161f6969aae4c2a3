import { asLambdactlError, isCode } from '../../errors/error.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/**
 * Tells that a version lacks environments that the other version keeps; undefined if it does not.
 *
 * @throws LambdactlError AWS's error
 */
export async function coldWords(
  run: Run,
  target: Target,
  version: string,
  other: string,
): Promise<string | undefined> {
  if (version === other) return undefined
  const found = await run.aws.concurrency.provisioned(target.lambdaName)
  const of = (qualifier: string) => found.find((one) => one.qualifier === qualifier)
  const left = of(other)
  if (!left || of(version) || of(target.alias)) return undefined
  const how = commandFor(target, 'concurrency provision', String(left.requested), '--version', version)
  return `version ${version} starts on demand: version ${other} has ${left.requested} provisioned environments, and version ${version} has none. To give it as many: ${how}`
}

/** After a rollback, warns if its version lacks environments that the other version keeps. */
export async function warnOfCold(run: Run, target: Target, version: string, other: string): Promise<void> {
  try {
    const text = await coldWords(run, target, version, other)
    if (text !== undefined) warn(run, target, text)
  } catch (error) {
    // In an incident, a person who may only roll back is not told about other missing permissions.
    if (isCode(error, 'NOT_PERMITTED')) return
    const text = `The rollback is made. lambdactl could not see whether version ${version} lacks provisioned concurrency. ${asLambdactlError(error).message}`
    warn(run, target, text)
  }
}
