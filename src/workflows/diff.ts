import type { ResolvedFunction } from '../config/types.ts'
import { asLambdactlError } from '../errors/error.ts'
import type { FunctionSettings, FunctionState } from '../ports/functions.ts'
import { codeChanges } from '../release/code-changes.ts'
import { functionChanges, newConfiguration } from '../release/configuration-changes.ts'
import type { FunctionDiff } from '../release/function-diff.ts'
import type { AliasState } from '../release/observed.ts'
import { parseOrigin } from '../release/version-description.ts'
import { unversionedDifferences } from './apply-unversioned.ts'
import { type LocalFunction, localFunction } from './candidate-code.ts'
import { changedByHand } from './configured.ts'
import { codeReader } from './deployed-code-of.ts'
import { requireCreatedAlike } from './fixed-at-creation.ts'
import { lastBrought } from './last-brought.ts'
import { requireSameType } from './package-type.ts'
import { warnOfOther } from './plan-concurrency.ts'
import { wouldStop } from './preflight/would-stop.ts'
import { type Past, readPast } from './read-past.ts'
import type { Run, Target } from './run.ts'
import { servesAlready } from './serves-already.ts'
import { driftOf } from './settings/drift.ts'
import { settingsAfter } from './settings.ts'
import type { Difference } from './unversioned.ts'
import { knownServing } from './whose-function.ts'

export type { FunctionDiff } from '../release/function-diff.ts'

/**
 * Compares what lies here with what the alias serves and with $LATEST. Changes nothing; code is downloaded only where
 * neither its digest nor its SHA-256 says that it is the same.
 *
 * @throws LambdactlError PACKAGE_INVALID, and what reading and downloading throw
 */
export async function diff(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  isProtected = false,
): Promise<FunctionDiff> {
  const local = await localFunction(run, target, fn)
  const { function: name, lambdaName, alias } = target
  const [latest, found] = await Promise.all([
    run.aws.functions.get(lambdaName),
    run.aws.aliases.get(lambdaName, alias),
  ])
  const known = { function: name, lambdaName, alias, weight: found?.weight }
  if (!latest) return { ...known, unversioned: [], ...nothingDeployed(local) }
  const serving = found && (await run.aws.functions.get(lambdaName, found.version))
  tellHidden(run, target, [latest, serving])
  tellRefused(run, target, fn, latest)
  const sides = { fn, local, latest, serving, alias: found }
  let reading: Promise<Past> | undefined
  const past = () => (reading ??= readPast(run, target))
  const changes = await changesOf(run, target, sides, past)
  if (!changes.deploys) await warnOfOther(run, target, found, fn)
  const changesAny = changes.deploys || changes.unversioned.length > 0
  const stop = changesAny ? await wouldStop(run, target, { ...sides, changes, isProtected, past }) : undefined
  return { ...known, ...changes, ...(stop && { stop }) }
}

/** A function as it lies here and as it is in AWS. */
export interface Sides {
  fn: ResolvedFunction
  local: LocalFunction
  /** $LATEST. */
  latest: FunctionState
  /** The version that the alias serves; undefined without an alias. */
  serving: FunctionState | undefined
  alias: AliasState | undefined
}

/**
 * Returns the changes that a deploy would make to a function that is there.
 *
 * @throws LambdactlError what reading and downloading throw
 */
export async function changesOf(
  run: Run,
  target: Target,
  { fn, local, latest, serving, alias }: Sides,
  past: () => Promise<Past> = () => readPast(run, target),
): Promise<Omit<FunctionDiff, 'function' | 'lambdaName' | 'alias' | 'weight'>> {
  const unversioned = await unversionedDifferences(run, target, fn, alias)
  const known = serving && (await knownServing(run, fn, serving))
  const [now = latest, served, base] = [latest, serving, known].map(
    (state) => state && asReadable(state, local.settings),
  )
  return {
    unversioned: unversioned.length > 0 ? markedByHand(unversioned, await past(), target, fn) : [],
    ...(await differences(run, target, { local, latest: now, serving: served, known: base }, past)),
  }
}

function markedByHand(
  differences: readonly Difference[],
  past: Past,
  target: Target,
  fn: ResolvedFunction,
): FunctionDiff['unversioned'] {
  const byHand = changedByHand(differences, past, target, fn)
  return differences.map((each) => {
    const { field, from, to } = each
    return { field, from, to, ...(byHand.includes(each) && { byHand: true }) }
  })
}

/** Variables that can't be decrypted count as those that lie here: nothing is known of them. */
export function asReadable(state: FunctionState, { environment }: FunctionSettings): FunctionState {
  if (state.hiddenVariables === undefined) return state
  return { ...state, settings: { ...state.settings, environment } }
}

/** A deploy ends there; what differs is shown all the same. */
function tellRefused(run: Run, target: Target, fn: ResolvedFunction, latest: FunctionState): void {
  try {
    requireSameType(target, fn, latest)
    requireCreatedAlike(target, fn, latest)
  } catch (error) {
    const text = `A deploy would be refused: ${asLambdactlError(error).message}`
    run.emit({ function: target.function, event: 'warning', text })
  }
}

function tellHidden(run: Run, target: Target, states: readonly (FunctionState | undefined)[]): void {
  const hidden = states.find((state) => state?.hiddenVariables !== undefined)
  if (!hidden) return
  const text = `The environment variables of ${target.lambdaName} are not compared, since they can't be read: ${hidden.hiddenVariables}`
  run.emit({ function: target.function, event: 'warning', text })
}

type Differences = Omit<FunctionDiff, 'function' | 'lambdaName' | 'alias' | 'weight' | 'unversioned'>

function nothingDeployed({ settings, code: { files, leftUndone } }: LocalFunction): Differences {
  return {
    state: 'missing',
    against: undefined,
    deploys: true,
    codeUnknown: leftUndone,
    configuration: newConfiguration(settings),
    code: codeChanges([], files),
    drift: undefined,
  }
}

interface Readable {
  local: LocalFunction
  latest: FunctionState
  serving: FunctionState | undefined
  /** The version that lambdactl knows to be served; undefined where there is none. */
  known: FunctionState | undefined
}

async function differences(
  run: Run,
  target: Target,
  { local, latest, serving, known }: Readable,
  past: () => Promise<Past>,
): Promise<Differences> {
  const ours = serving && parseOrigin(serving.settings.description)?.digest === local.digest
  const codeOf = codeReader(run, target, local.code, ours ? serving.codeSha256 : undefined)
  const before = serving ?? latest
  const base = known && (await lastBrought(run, target, { serving: known, latest, local }, past))
  const after = settingsAfter(latest.settings, local.settings)
  const { description } = latest.settings
  const settings = functionChanges({ ...before.settings, description }, after)
  const { leftUndone } = local.code
  const deploys =
    !serving ||
    (leftUndone === undefined
      ? !(await servesAlready(run, target, serving, local, codeOf))
      : settings.length > 0)
  return {
    state: serving ? 'served' : 'no-alias',
    against: before.version,
    deploys,
    codeUnknown: leftUndone,
    configuration: deploys ? settings : [],
    code: deploys && leftUndone === undefined ? codeChanges(await codeOf(before), local.code.files) : [],
    drift: base && (await driftOf(base, latest, { local, deploys }, codeOf)),
  }
}
