import type { ErrorCode } from '../../errors/codes.ts'
import { asLambdactlError } from '../../errors/error.ts'
import { stepsFor } from '../../errors/next-step.ts'
import { keepOperation } from '../history/keep-operation.ts'
import type { Run } from '../run/run.ts'
import { type OwnPart, takeAway } from './leftovers.ts'
import { type DestroyPlan, findFunction } from './plan-destroy.ts'

/** A function that was destroyed, or would be. */
export interface DestroyedFunction
  extends Omit<DestroyPlan, 'target' | 'service' | 'triggers' | 'ownTriggers' | 'logGroup' | 'own'> {
  function: string
  lambdaName: string
  /** The triggers that lambdactl made, and whether this command took them away. */
  triggers: readonly { name: string; source: string; deleted: boolean }[]
  /** The parts that lambdactl made beside it, and whether this command took them away. */
  own: readonly (OwnPart & { deleted: boolean })[]
  /** Its own log group, if it is there, and whether it goes too. */
  logGroup?: { name: string; goes: boolean }
  /** `nothing`: there was nothing to take away; `left`: the work was interrupted before. */
  outcome: 'planned' | 'destroyed' | 'nothing' | 'failed' | 'left'
  /** Whether this command deleted the function itself. */
  deleted: boolean
  error?: { code: ErrorCode; message: string; next: readonly string[] }
}

/** A plan as a result. */
export function plannedDestroy(
  { target, service: _, triggers: __, ownTriggers, logGroup, own, ...plan }: DestroyPlan,
  logs: boolean,
): DestroyedFunction {
  const goes = plan.state === 'found' || own.length > 0 || (logs && logGroup !== undefined)
  return {
    function: target.function,
    lambdaName: target.lambdaName,
    ...plan,
    triggers: unchanged(ownTriggers),
    own: own.map((part) => ({ ...part, deleted: false })),
    ...(logGroup !== undefined && { logGroup: { name: logGroup, goes: logs } }),
    outcome: goes ? 'planned' : 'nothing',
    deleted: false,
  }
}

function unchanged(triggers: DestroyPlan['ownTriggers']): DestroyedFunction['triggers'] {
  return triggers.map(({ name, source }) => ({ name, source, deleted: false }))
}

/**
 * Destroys functions one after the other: first the triggers of its alias that lambdactl made, since the policy
 * of the alias tells which they are; then its versions, alias, URL and policy in one call of Lambda, then the scaling
 * and the alarms that lambdactl made, then its log group. Goes on after a failure; the same command takes away the
 * rest.
 *
 * @param logs whether the log groups go too
 */
export async function carryOutDestroy(
  run: Run,
  plans: readonly DestroyPlan[],
  logs: boolean,
): Promise<DestroyedFunction[]> {
  const results: DestroyedFunction[] = []
  for (const plan of plans) {
    const planned = plannedDestroy(plan, logs)
    results.push(planned.outcome === 'planned' ? await destroyOne(run, plan, planned) : planned)
  }
  return results
}

/** Puts it on record before and after, since nobody can undo it. */
async function destroyOne(
  run: Run,
  plan: DestroyPlan,
  planned: DestroyedFunction,
): Promise<DestroyedFunction> {
  if (run.signal.aborted) return { ...planned, outcome: 'left' }
  const { target, versions } = plan
  const began = await keepOperation(run, target, { kind: 'destroying', versions })
  const done = await takeAll(run, plan, planned)
  if (began === undefined) return done
  const gone = (kind: OwnPart['kind']) =>
    done.own.flatMap((part) => (part.kind === kind && part.deleted ? part.names : []))
  await keepOperation(run, target, {
    kind: 'destroyed',
    began,
    deleted: done.deleted,
    alarms: gone('alarms'),
    scaling: gone('scaling'),
    triggers: done.triggers.flatMap(({ name, deleted }) => (deleted ? [name] : [])),
    ...(done.outcome === 'destroyed' && done.logGroup?.goes && { logGroup: done.logGroup.name }),
    ...(done.error && { failed: done.error.message }),
  })
  return done
}

async function takeAll(run: Run, plan: DestroyPlan, planned: DestroyedFunction): Promise<DestroyedFunction> {
  const { target, state } = plan
  let done = planned
  try {
    if (state === 'found') {
      // A release may have begun since the plan was shown, or somebody else has deleted the function.
      const now = await findFunction(run, plan)
      // Of a function that somebody deleted meanwhile only the plan tells them.
      const { ownTriggers } = now.state === 'found' ? now : plan
      done = { ...done, triggers: unchanged(ownTriggers) }
      for (const [index, trigger] of ownTriggers.entries()) {
        await trigger.takeAway()
        const { name, source } = trigger
        done = { ...done, triggers: done.triggers.with(index, { name, source, deleted: true }) }
      }
      if (now.state === 'found') {
        await run.aws.functions.delete(target.lambdaName)
        done = { ...done, deleted: true }
      }
    }
    for (const part of plan.own) {
      await takeAway(run, target, part)
      const own = done.own.map((each) => (each.kind === part.kind ? { ...each, deleted: true } : each))
      done = { ...done, own }
    }
    if (done.logGroup?.goes) await run.aws.logGroups.delete(done.logGroup.name)
    return { ...done, outcome: 'destroyed' }
  } catch (error) {
    const { code, message, next } = asLambdactlError(error)
    return { ...done, outcome: 'failed', error: { code, message, next: stepsFor(run.config, next) } }
  }
}
