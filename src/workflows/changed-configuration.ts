import { asLambdactlError } from '../errors/error.ts'
import type { FunctionSettings } from '../ports/functions.ts'
import { type ConfigurationChange, configurationChanges } from '../release/configuration-changes.ts'
import type { Run, Target } from './run.ts'

/**
 * Compares the configuration of a version that is served now with that of the version that was left.
 *
 * @returns undefined, and a warning, where they can't be read: the alias stands as it was moved
 */
export async function changedConfiguration(
  run: Run,
  target: Target,
  left: string,
  served: string,
): Promise<ConfigurationChange[] | undefined> {
  try {
    const [from, to] = await Promise.all([settingsOf(run, target, left), settingsOf(run, target, served)])
    if (from && to) return configurationChanges(from, to)
    warn(run, target, left, served, `Version ${from ? served : left} was not found.`)
  } catch (error) {
    warn(run, target, left, served, asLambdactlError(error).message)
  }
  return undefined
}

async function settingsOf(
  run: Run,
  { lambdaName }: Target,
  version: string,
): Promise<FunctionSettings | undefined> {
  return (await run.aws.functions.get(lambdaName, version))?.settings
}

function warn(run: Run, target: Target, left: string, served: string, why: string): void {
  const text = `The alias was moved, but the configurations of versions ${left} and ${served} could not be compared. ${why}`
  run.emit({ function: target.function, event: 'warning', text })
}
