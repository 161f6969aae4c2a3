import { asLambdactlError } from '../../errors/error.ts'
import {
  type ConfigurationChange,
  configurationChanges,
} from '../../release/changes/configuration-changes.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { warnOfStopped } from '../stopping/stopped.ts'

/**
 * Compares the configuration of the version that is served now with that of the version that was left. The same answer
 * tells whether the function is stopped, and then this warns.
 *
 * @returns undefined, with a warning, if a version can't be read: the alias has been moved anyway
 */
export async function changedConfiguration(
  run: Run,
  target: Target,
  left: string,
  served: string,
): Promise<ConfigurationChange[] | undefined> {
  const warnOfUncompared = (why: string) => {
    const text = `The alias was moved, but lambdactl could not compare the configurations of versions ${left} and ${served}. ${why}`
    warn(run, target, text)
  }
  try {
    const read = (version: string) => run.aws.functions.get(target.lambdaName, version)
    const [from, to] = await Promise.all([read(left), read(served)])
    if (to) await warnOfStopped(run, target, to)
    if (from && to) return configurationChanges(from.settings, to.settings)
    warnOfUncompared(`Version ${from ? served : left} was not found.`)
  } catch (error) {
    warnOfUncompared(asLambdactlError(error).message)
  }
  return undefined
}
