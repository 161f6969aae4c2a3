import { stepCheck, trafficCheck } from '../../gates/comparison/check.ts'
import { compare } from '../../gates/comparison/compare.ts'
import { minuteMs } from '../../gates/comparison/minutes.ts'
import type { ComparisonVerdict } from '../../gates/comparison/verdict.ts'
import type { Minute, PlannedComparison } from '../../release/plan/comparison.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { Check } from '../../release/values/check.ts'
import type { PlannedRelease } from '../run/release.ts'
import type { Run } from '../run/run.ts'

/**
 * The time until CloudWatch has counted an ended invocation: Lambda sends its metrics once a minute, and they arrive a
 * minute or more later. Milliseconds.
 */
const deliveryMs = 120_000

/**
 * A minute is settled when its last invocation has ended and has been delivered, since an invocation counts in the
 * minute of its begin.
 */
export function settleMs(timeoutSeconds: number): number {
  return timeoutSeconds * 1000 + deliveryMs
}

/** The verdict of the metrics up to a minute. */
interface Look {
  /** The release's id. */
  id: string
  until: number
  verdict: ComparisonVerdict
}

/** The last look of each run: between two minutes there is nothing new to read. */
const looks = new WeakMap<Run, Look>()

/**
 * Compares the two versions over all settled minutes of the release so far; undefined if the plan compares none. Reads
 * the metrics at most once a minute while reading succeeds.
 *
 * @throws LambdactlError if the metrics can't be read
 */
export async function compareVersions(release: PlannedRelease): Promise<ComparisonVerdict | undefined> {
  const { run, plan } = release
  const { comparison } = plan
  if (!comparison) return undefined
  const until = lastSettled(run, comparison)
  const last = looks.get(run)
  if (last && !comparisonIsDue(run, plan)) return last.verdict
  const minutes = await trafficOf(release, comparison.since, until)
  const verdict = compare(minutes, comparison.settings)
  looks.set(run, { id: plan.id, until, verdict })
  return verdict
}

/** Tells whether a look reads the metrics to compare: there is a new settled minute. */
export function comparisonIsDue(run: Run, { id, comparison }: Plan): boolean {
  if (!comparison) return false
  const last = looks.get(run)
  return last?.id !== id || last.until < lastSettled(run, comparison)
}

/** The past minutes that show whether an alias has traffic. */
const recentMinutes = 15

/**
 * Checks whether there is traffic to compare the candidate with, and time for it; no check if the plan compares
 * nothing.
 *
 * @throws LambdactlError if the metrics can't be read, so that it is known before anything moves
 */
export async function comparisonChecks(release: PlannedRelease): Promise<Check[]> {
  const { run, target, plan } = release
  const { comparison, stable } = plan
  if (!comparison || stable === undefined) return []
  const until = lastSettled(run, comparison)
  const minutes = await trafficOf(release, until - recentMinutes * minuteMs, until)
  const firstHoldMs = plan.steps[0]?.holdMs ?? 0
  return [
    trafficCheck(minutes, recentMinutes, { alias: target.alias, stable }),
    ...stepCheck(comparison, firstHoldMs),
  ]
}

/** The end of the last settled full minute, milliseconds since the epoch. */
function lastSettled(run: Run, comparison: PlannedComparison): number {
  return startOfMinute(run.clock.now() - comparison.settleMs)
}

async function trafficOf(
  { run, target, plan }: PlannedRelease,
  since: number,
  until: number,
): Promise<Minute[]> {
  const { lambdaName: functionName, alias } = target
  const { candidate, stable } = plan
  const from = startOfMinute(since)
  if (stable === undefined || from >= until) return []
  return run.aws.metrics.traffic({ functionName, alias, candidate, stable }, from, until)
}

function startOfMinute(time: number): number {
  return Math.floor(time / minuteMs) * minuteMs
}
