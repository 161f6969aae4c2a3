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
 * How long CloudWatch takes to count an invocation that has ended: Lambda sends its metrics once a minute, and they
 * arrive with a delay of about a minute or more. Milliseconds.
 */
const deliveryMs = 120_000

/** A minute is settled when its last invocation has ended, since it is counted where it began, and has been delivered. */
export function settleMs(timeoutSeconds: number): number {
  return timeoutSeconds * 1000 + deliveryMs
}

/** The verdict of the metrics up to a minute. */
interface Look {
  /** Of the release. */
  id: string
  until: number
  verdict: ComparisonVerdict
}

/** The last look of each run: between two minutes there is nothing new to read. */
const looks = new WeakMap<Run, Look>()

/**
 * Compares the two versions over all settled minutes of the release so far; undefined when the plan compares none. Reads
 * the metrics at most once a minute, as long as they can be read.
 *
 * @throws LambdactlError when the metrics can't be read
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

/** Whether a look reads the metrics to compare: there is a settled minute that the last one had not. */
export function comparisonIsDue(run: Run, { id, comparison }: Plan): boolean {
  if (!comparison) return false
  const last = looks.get(run)
  return last?.id !== id || last.until < lastSettled(run, comparison)
}

/** How much of the past tells whether an alias has traffic. */
const recentMinutes = 15

/**
 * Looks whether there is anything to compare the candidate with, and time for it; no check when the plan compares nothing.
 *
 * @throws LambdactlError when the metrics can't be read, so that it is known before anything moves
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

/** The end of the last full minute that is settled, milliseconds since the epoch. */
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
