import type { Minute, Traffic } from '../../release/plan/comparison.ts'
import type { Stratum } from './statistics/strata.ts'

/** A minute's length in milliseconds. */
export const minuteMs = 60_000

/**
 * The plausible minutes in the order of time. A later reading of a minute replaces an earlier one. A minute counts as
 * missing if a figure is no count, or if it has more errors than invocations because a metric came late.
 */
export function believable(minutes: readonly Minute[]): Minute[] {
  const readings = new Map(minutes.map((minute) => [Math.floor(minute.time / minuteMs), minute]))
  return [...readings.values()]
    .filter(
      ({ time, candidate, stable }) => Number.isFinite(time) && isCounted(candidate) && isCounted(stable),
    )
    .toSorted((one, other) => one.time - other.time)
}

function isCounted({ invocations, errors, throttles }: Traffic): boolean {
  return isCount(invocations) && isCount(errors) && isCount(throttles) && errors <= invocations
}

function isCount(value: number): boolean {
  return Number.isFinite(value) && value >= 0
}

/** One metric's data for a minute. */
export interface Sample extends Stratum {
  time: number
}
