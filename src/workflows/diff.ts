import type { ResolvedFunction } from '../config/types.ts'
import { asLambdactlError } from '../errors/error.ts'
import type { FunctionState } from '../ports/functions.ts'
import { codeChanges } from '../release/changes/code-changes.ts'
import { newConfiguration } from '../release/changes/configuration-changes.ts'
import type { FunctionDiff } from '../release/changes/function-diff.ts'
import { type Changes, changesOf } from './candidate/changes-of.ts'
import { type LocalFunction, localFunction } from './code/local-function.ts'
import { wouldStop } from './preflight/would-stop.ts'
import { warnOfOther } from './provisioned/plan-concurrency.ts'
import { asFound } from './release-only/as-found.ts'
import { ownerIn } from './release-only/owner-in.ts'
import { type Past, readPast } from './run/read-past.ts'
import type { Run, Target } from './run/run.ts'
import { warn } from './run/warn.ts'
import { requireCreatedAlike } from './settings/fixed-at-creation.ts'
import { requireSameType } from './settings/package-type.ts'

export type { FunctionDiff } from '../release/changes/function-diff.ts'

export interface DiffOptions {
  /** Whether findings stop a deploy that are only warnings elsewhere. */
  isProtected?: boolean
  /** Whether to show the code's differences as text too. */
  asText?: boolean
}

/**
 * Compares the local function with the alias's version and with $LATEST. Changes nothing. Code is downloaded only if
 * neither its digest nor its SHA-256 shows that it is equal.
 *
 * @throws LambdactlError PACKAGE_INVALID, and the errors of reading and downloading
 */
export async function diff(
  run: Run,
  target: Target,
  given: ResolvedFunction,
  { isProtected = false, asText = false }: DiffOptions = {},
): Promise<FunctionDiff> {
  const found = await asFound(run, target, given)
  const { fn } = found
  const local = await localFunction(run, target, found)
  const { function: name, lambdaName, alias } = target
  const [latest, held] = await Promise.all([
    run.aws.functions.get(lambdaName),
    run.aws.aliases.get(lambdaName, alias),
  ])
  const known = {
    function: name,
    lambdaName,
    alias,
    weight: held?.weight,
    ...(target.codeOnly && ownerIn(target, latest)),
  }
  if (!latest) return { ...known, attachments: [], ...nothingDeployed(local) }
  const serving = held && (await run.aws.functions.get(lambdaName, held.version))
  tellHidden(run, target, [latest, serving])
  tellRefused(run, target, fn, latest)
  const sides = { fn, local, latest, serving, alias: held, asText }
  let reading: Promise<Past> | undefined
  const past = () => (reading ??= readPast(run, target))
  const changes = await changesOf(run, target, sides, past)
  if (!changes.deploys) await warnOfOther(run, target, held, fn)
  const changesAny = changes.deploys || changes.attachments.length > 0
  const stop = changesAny ? await wouldStop(run, target, { ...sides, changes, isProtected, past }) : undefined
  return { ...known, ...changes, ...(stop && { stop }) }
}

/** A deploy would end there; the differences are shown anyway. */
function tellRefused(run: Run, target: Target, fn: ResolvedFunction, latest: FunctionState): void {
  try {
    requireSameType(target, fn, latest)
    requireCreatedAlike(target, fn, latest)
  } catch (error) {
    const text = `A deploy would be refused: ${asLambdactlError(error).message}`
    warn(run, target, text)
  }
}

function tellHidden(run: Run, target: Target, states: readonly (FunctionState | undefined)[]): void {
  const hidden = states.find((state) => state?.hiddenVariables !== undefined)
  if (!hidden) return
  const text = `The environment variables of ${target.lambdaName} can't be compared, since they can't be read: ${hidden.hiddenVariables}`
  warn(run, target, text)
}

function nothingDeployed({
  settings,
  code: { files, leftUndone },
}: LocalFunction): Omit<Changes, 'attachments'> {
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
