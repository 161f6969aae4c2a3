import { ServiceError } from '../protocol/service-error.ts'
import { bringWithinBounds, readCapacity, setCapacity, within } from './capacity.ts'
import { type Tracked, wantedBy } from './decide.ts'
import { firingAlarms, newestValue } from './policy-alarms.ts'
import type { Action, Policy, Scalings, Target } from './records.ts'
import { nextRun } from './schedules.ts'
import { alarmNames } from './tracked-metric.ts'

/** An alarm that goes on firing carries out its policy again after a minute. */
const againAfterMs = 60_000

/** Things about targets that no record keeps. All times are milliseconds since the epoch. */
interface Memory {
  /** All schedules until this time were carried out. */
  until: number
  /** When policies last had a try at a target, and when they last changed it, by the target's key. */
  tried: Map<string, number>
  changed: Map<string, { out: number; in: number }>
  /** The targets whose environments could not be brought within new bounds, and when the next try is due. */
  late: Map<string, number>
}

/**
 * Makes turns that carry out what is due: scheduled actions, and policies of target tracking whose alarms fire. A turn
 * never fails.
 */
export function createTurns(scalings: Scalings): () => Promise<void> {
  const memory: Memory = {
    until: scalings.clock(),
    tried: new Map(),
    changed: new Map(),
    late: new Map(),
  }
  return async () => {
    if (scalings.targets.size === 0) {
      memory.until = scalings.clock()
      return
    }
    await schedules(scalings, memory)
    for (const [key, target] of scalings.targets) await track(scalings, memory, [key, target])
  }
}

async function schedules(scalings: Scalings, memory: Memory): Promise<void> {
  const now = scalings.clock()
  for (const action of scalings.actions.values()) {
    const target = scalings.targets.get(action.target)
    const due = nextRun(action, memory.until)
    if (!target || due === undefined || due > now || target.suspended.ScheduledScalingSuspended) continue
    const bounds = boundsOf(action, target)
    if (bounds.min > bounds.max) {
      console.error(`The sandbox did not carry out ${action.name}: ${bounds.min} is above ${bounds.max}`)
      continue
    }
    scalings.targets.set(action.target, { ...target, ...bounds })
    memory.late.set(action.target, now)
  }
  memory.until = now
  for (const [key, at] of memory.late) if (at <= now) await bring(scalings, memory, key)
}

function boundsOf({ min, max }: Action, target: Target): { min: number; max: number } {
  return { min: min ?? target.min, max: max ?? target.max }
}

async function bring(scalings: Scalings, { late }: Memory, key: string): Promise<void> {
  const target = scalings.targets.get(key)
  late.delete(key)
  if (!target || (await succeeds(target, () => bringWithinBounds(scalings.lambda(), target)))) return
  late.set(key, scalings.clock() + againAfterMs)
}

async function track(
  scalings: Scalings,
  { tried, changed }: Memory,
  [key, target]: [string, Target],
): Promise<void> {
  const now = scalings.clock()
  const policies = [...scalings.policies.values()].filter(
    ({ target: of, type }) => of === key && type === 'TargetTrackingScaling',
  )
  if (policies.length === 0 || now < (tried.get(key) ?? 0) + againAfterMs) return
  await succeeds(target, async () => {
    const read = await Promise.all(policies.map((policy) => readPolicy(scalings, policy, target)))
    if (!read.some(({ high, low }) => high || low)) return
    const { requested, isSettled } = await readCapacity(scalings.lambda(), target)
    if (!isSettled) return
    tried.set(key, now)
    const before = changed.get(key) ?? { out: 0, in: 0 }
    const wanted = within(target, wantedBy(read, requested))
    if (!mayChange(policies, target, { before, now, change: wanted - requested })) return
    await setCapacity(scalings.lambda(), target, wanted)
    changed.set(key, { ...before, [wanted > requested ? 'out' : 'in']: now })
  })
}

async function readPolicy(scalings: Scalings, policy: Policy, target: Target): Promise<Tracked> {
  const tracking = policy.configuration.TargetTrackingScalingPolicyConfiguration
  const names = alarmNames(policy, target)
  const firing = await firingAlarms(scalings, policy, target)
  return {
    high: firing.includes(names.high),
    low: names.low !== undefined && firing.includes(names.low),
    scalesIn: names.low !== undefined,
    value: firing.length > 0 ? await newestValue(scalings, policy, target) : undefined,
    target: tracking?.TargetValue ?? 1,
  }
}

interface Change {
  before: { out: number; in: number }
  now: number
  /** The number of environments that would be added, or taken away if it is below 0. */
  change: number
}

/** Whether no suspension and no cool-down is in the way. For Lambda a cool-down is 0 seconds by default. */
function mayChange(
  policies: readonly Policy[],
  { suspended }: Target,
  { before, now, change }: Change,
): boolean {
  const longest = (name: 'ScaleOutCooldown' | 'ScaleInCooldown') =>
    1000 *
    Math.max(
      ...policies.map(
        ({ configuration }) => configuration.TargetTrackingScalingPolicyConfiguration?.[name] ?? 0,
      ),
    )
  if (change === 0) return false
  if (change > 0) {
    return !suspended.DynamicScalingOutSuspended && now >= before.out + longest('ScaleOutCooldown')
  }
  const last = Math.max(before.in, before.out)
  return !suspended.DynamicScalingInSuspended && now >= last + longest('ScaleInCooldown')
}

/** Tells a refusal of Lambda on stderr: no request waits for the answer. */
async function succeeds({ resource }: Target, work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    console.error(`The sandbox could not scale ${resource}: ${error.message}`)
    return false
  }
}
