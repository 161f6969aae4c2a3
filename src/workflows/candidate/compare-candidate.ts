import { asLambdactlError, LambdactlError } from '../../errors/error.ts'
import { requireUploadable } from '../../packaging/model/limits.ts'
import { commitOf } from '../../packaging/tools/commit.ts'
import type { ProvisionedConcurrency } from '../../ports/concurrency.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { AliasState, Weight } from '../../release/values/observed.ts'
import { inProgress, parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import type { Origin } from '../../release/values/version-description.ts'
import type { LocalFunction } from '../code/local-function.ts'
import { foretellCleared } from '../provisioned/clear-injected-weights.ts'
import { readProvisioned } from '../provisioned/plan-concurrency.ts'
import { begin, commandFor, type Run, type Target } from '../run/run.ts'
import { tellCommit } from '../run/tell-commit.ts'
import { warn } from '../run/warn.ts'
import { requireCreatedAlike } from '../settings/fixed-at-creation.ts'
import { requireRoomForLayers } from '../settings/layer-sizes.ts'
import { requireSameType } from '../settings/package-type.ts'
import { deployedCode } from './deployed-code-of.ts'
import { type Packaged, tryHandler } from './package-candidate.ts'
import { runs } from './runs.ts'
import { servesAlready } from './serves-already.ts'

/** A packaged function, compared with the version that the alias serves. */
export type Compared = Unchanged | Changed

interface WithAlias extends Packaged {
  /** The alias as it was first read, without weights from Lambda; undefined before the first deploy. */
  alias: AliasState | undefined
  /** The alias's present state, if such weights have to be cleared first. */
  injected: AliasState | undefined
}

/** The alias's version has this content and configuration. */
export interface Unchanged extends WithAlias {
  change: 'none'
  alias: AliasState
  serving: FunctionState
}

export interface Changed extends WithAlias {
  change: 'create' | 'update'
  origin: Origin
  /** The version that the alias serves; undefined before the first deploy. */
  serving: FunctionState | undefined
  /** $LATEST; undefined if the function does not exist. */
  latest: FunctionState | undefined
  /** The function's provisioned concurrency; empty without an alias. */
  provisioned: readonly ProvisionedConcurrency[]
}

/**
 * Compares a function's content digest with that of the alias's version, and checks that Lambda accepts and starts a
 * changed one. Changes nothing in AWS.
 *
 * @throws LambdactlError PACKAGE_INVALID, or CONFLICT while another release has the alias
 */
export async function compareCandidate(run: Run, packaged: Packaged): Promise<Compared> {
  const { target } = packaged
  begin(run, target, 'comparing')
  const read = await run.aws.aliases.get(target.lambdaName, target.alias)
  const alias = await foretellCleared(run, target, read)
  return compareWith(run, { ...packaged, alias, injected: alias === read ? undefined : read })
}

/**
 * Compares again after weights from Lambda were cleared.
 *
 * @throws LambdactlError as `compareCandidate`, and CONFLICT for weights that stayed
 */
export async function compareAgain(run: Run, before: Compared): Promise<Compared> {
  const { target, fn, local } = before
  begin(run, target, 'comparing')
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
  return compareWith(run, { target, fn, local, alias, injected: undefined })
}

async function compareWith(run: Run, compared: WithAlias): Promise<Compared> {
  const { target, fn, local, alias } = compared
  requireFree(target, alias)
  const serving = alias && (await run.aws.functions.get(target.lambdaName, alias.version))
  if (alias && serving && (await isServed(run, target, serving, local))) {
    return { ...compared, alias, serving, change: 'none' }
  }
  const [latest, provisioned, built] = await Promise.all([
    run.aws.functions.get(target.lambdaName),
    alias ? readProvisioned(run, target, fn) : [],
    'commit' in local.code ? { commit: local.code.commit } : commitOf(fn.source),
  ])
  tellCommit(run, target, built)
  requireSameType(target, fn, latest)
  requireCreatedAlike(target, fn, latest)
  const { code, digest } = local
  // Lambda may have got this code in a way that is not configured here.
  if (code.package && !(latest && runs(latest, code))) {
    requireUploadable(code.package, fn.artifacts !== undefined)
  }
  await requireRoomForLayers(run, target, fn, code.package)
  await tryHandler(run, compared)
  const { commit } = built
  const origin = { digest, commit, ...(fn.service === undefined ? {} : { service: fn.service }) }
  return { ...compared, origin, serving, latest, provisioned, change: latest ? 'update' : 'create' }
}

/**
 * Tells whether a version has this code and configuration. A version that can't be compared counts as changed, with a
 * warning.
 */
async function isServed(
  run: Run,
  target: Target,
  serving: FunctionState,
  local: LocalFunction,
): Promise<boolean> {
  try {
    return await servesAlready(run, serving, local, deployedCode(run, target, local.code).codeOf)
  } catch (error) {
    const why = asLambdactlError(error).message
    const text = `Version ${serving.version} was not published by lambdactl, and could not be compared: ${why}`
    warn(run, target, text)
    return false
  }
}

/** Another release must be ended before the next begins: only one can be gated and rolled back. */
function requireFree(target: Target, alias: AliasState | undefined): void {
  if (!alias) return
  const record = parseRecord(alias.description)
  const busy = inProgress(record)
  if (!busy && !alias.weight) return
  const holder =
    busy && record
      ? `release ${record.id} (${record.strategy}, ${record.phase})`
      : 'something other than lambdactl'
  if (record?.strategy === 'rollback' && alias.weight) throw keepsWeight(target, alias.weight, record)
  const share = alias.weight ? `, with ${alias.weight.percent}% on version ${alias.weight.version}` : ''
  throw new LambdactlError(
    'CONFLICT',
    `Alias ${alias.name} of ${target.lambdaName} is held by ${holder}${share}.`,
    {
      next: [
        `See its state: ${commandFor(target, 'status')}`,
        `If no process carries it on, end it, then try again: ${commandFor(target, 'rollback')}`,
      ],
    },
  )
}

/** A rollback's undo restores weights, and no process carries them on. */
function keepsWeight(target: Target, weight: Weight, { id }: ReleaseRecord): LambdactlError {
  return new LambdactlError(
    'CONFLICT',
    `Alias ${target.alias} of ${target.lambdaName} has ${weight.percent}% on version ${weight.version} since rollback ${id} restored it, and no process carries it on.`,
    {
      next: [
        `See its state: ${commandFor(target, 'status')}`,
        `Remove the weight: ${commandFor(target, 'rollback')}`,
        `Or give version ${weight.version} all traffic: ${commandFor(target, 'rollback', '--to', weight.version)}`,
      ],
    },
  )
}
