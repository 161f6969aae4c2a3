import { isCode } from '../../errors/error.ts'
import { minuteMs } from '../../gates/comparison/minutes.ts'
import type { Figures, Minute, Traffic } from '../../release/plan/comparison.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import type { PlannedRelease } from '../run/release.ts'
import type { Run } from '../run/run.ts'
import { comparisonIsDue } from './compare-versions.ts'

/** The shortest time between two reads of figures, somewhat shorter in steps of seconds; milliseconds. */
const betweenMs = 5000
const shortestBetweenMs = 1000
/** The time that a look waits for figures, since its gates matter more; milliseconds. */
const patienceMs = 1000

/** The figures that were last read for a plan. */
interface Kept {
  at: number
  figures: Figures
}

const kept = new WeakMap<Plan, Kept>()

/**
 * The counts of both versions in the present step, for a person who watches: they decide nothing. They are read at most
 * once in a look, and not if a gate reads the metrics. If a read fails, the earlier figures stay. Figures that may not
 * be read are undefined, and are not requested again.
 *
 * @returns nothing if nobody watches, or nothing was read yet
 */
export async function watchedFigures(
  release: PlannedRelease,
  alias: AliasState,
): Promise<{ figures?: Figures }> {
  const { run, plan } = release
  if (!run.isWatched?.()) return {}
  if (isDue(release, alias)) await within(run, read(release, alias))
  const last = kept.get(plan)
  return last ? { figures: last.figures } : {}
}

function isDue({ run, plan }: PlannedRelease, { description }: AliasState): boolean {
  const record = parseRecord(description)
  const now = run.clock.now()
  const last = kept.get(plan)
  if (!record || plan.stable === undefined || (last && !last.figures)) return false
  const step = plan.steps[record.step - 1]
  const isCounting = step?.invocations && record.phase === 'shifting' && now >= record.since + step.holdMs
  if (isCounting || comparisonIsDue(run, plan)) return false
  const shortest = Math.min(...plan.steps.map(({ holdMs }) => holdMs), plan.bakeMs || betweenMs)
  const between = Math.max(shortestBetweenMs, Math.min(betweenMs, shortest / 3))
  return !last || now - last.at >= between || last.figures?.since !== startOf(record.since)
}

/** An invocation counts in the minute of its begin, so the step's first minute counts whole. */
function startOf(since: number): number {
  return Math.floor(since / minuteMs) * minuteMs
}

async function read({ run, target, plan }: PlannedRelease, { description }: AliasState): Promise<void> {
  const { lambdaName: functionName, alias } = target
  const { candidate, stable } = plan
  const record = parseRecord(description)
  if (!record || stable === undefined) return
  const [at, since] = [run.clock.now(), startOf(record.since)]
  try {
    const minutes = await run.aws.metrics.counts({ functionName, alias, candidate, stable }, since, at)
    kept.set(plan, { at, figures: figuresOf(minutes, since) })
  } catch (error) {
    const last = kept.get(plan)
    if (isCode(error, 'NOT_PERMITTED')) kept.set(plan, { at, figures: undefined })
    else if (last) kept.set(plan, { ...last, at })
  }
}

/** Keeps the figures of metrics that a gate has read. */
export function keepFigures({ run, plan }: PlannedRelease, minutes: readonly Minute[], since: number): void {
  kept.set(plan, { at: run.clock.now(), figures: figuresOf(minutes, since) })
}

function figuresOf(minutes: readonly Minute[], since: number): Figures {
  return {
    since,
    candidate: summed(minutes.map(({ candidate }) => candidate)),
    stable: summed(minutes.map(({ stable }) => stable)),
  }
}

function summed(all: readonly Traffic[]): Traffic {
  const sum = (field: 'invocations' | 'errors' | 'throttles') =>
    all.reduce((total, each) => total + each[field], 0)
  return { invocations: sum('invocations'), errors: sum('errors'), throttles: sum('throttles') }
}

/** Late figures are kept for the next look. */
async function within(run: Run, work: Promise<void>): Promise<void> {
  const done = new AbortController()
  try {
    await Promise.race([work, run.clock.pause(patienceMs, done.signal)])
  } finally {
    done.abort()
  }
}
