import * as z from 'zod'
import { defaultComparison } from '../../gates/comparison/settings.ts'
import type { ComparisonGate, ComparisonSettings } from '../../release/plan/comparison.ts'

const percentiles = ['p50', 'p90', 'p99'] as const
/** `errorRateFloor` is in percentage points, as people speak about error rates. */
const percentagePoint = 0.01

const settingsSchema = z.strictObject({
  inconclusive: z
    .enum(['hold', 'pass'])
    .optional()
    .describe(
      'How a step goes on that is over and undecided: hold extends it once and then pauses, pass moves on since nothing failed. Default: hold.',
    ),
  confidence: number(0.5, 0.9999)
    .optional()
    .describe(
      `The certainty that is needed before a candidate fails or passes. Default: ${defaultComparison.confidence}.`,
    ),
  errorRateRatio: number(1.05, 100)
    .optional()
    .describe(
      `Errors and throttles matter from this multiple of stable's rate on. Default: ${defaultComparison.errorRateRatio}.`,
    ),
  errorRateFloor: number(0.001, 50)
    .optional()
    .describe(
      `Errors and throttles matter from this many percentage points above stable's rate on. Default: ${defaultComparison.errorRateFloor / percentagePoint}.`,
    ),
  durations: z
    .strictObject({ p50: ratio(), p90: ratio(), p99: ratio() })
    .optional()
    .describe(
      "The percentiles of the duration to compare, and the multiple of stable's from which each matters; {} compares none. p99 needs 1,000 invocations of each version in a minute. Default: {p50: 1.2, p90: 1.3}.",
    ),
  minimumInvocations: whole(1, 1_000_000)
    .optional()
    .describe(
      `The invocations that the candidate needs before anything passes. Default: ${defaultComparison.minimumInvocations}.`,
    ),
  minimumMinutes: whole(1, 1440)
    .optional()
    .describe(
      `The minutes with traffic for both versions that are needed before anything passes. Default: ${defaultComparison.minimumMinutes}.`,
    ),
})

/** `release.compare` as the file writes it. */
export const compareSchema = z.union([z.boolean(), settingsSchema])

type Settings = z.output<typeof settingsSchema>

/** The gate with its defaults; undefined if nothing is compared. */
export function comparisonGate(written: boolean | Settings): ComparisonGate | undefined {
  if (written === false) return undefined
  const fields: Settings = written === true ? {} : written
  const { inconclusive = 'hold', errorRateFloor } = fields
  return {
    inconclusive,
    settings: {
      ...defaultComparison,
      ...comparedDurations(fields.durations),
      confidence: fields.confidence ?? defaultComparison.confidence,
      errorRateRatio: fields.errorRateRatio ?? defaultComparison.errorRateRatio,
      errorRateFloor:
        errorRateFloor === undefined ? defaultComparison.errorRateFloor : errorRateFloor * percentagePoint,
      minimumInvocations: fields.minimumInvocations ?? defaultComparison.minimumInvocations,
      minimumMinutes: fields.minimumMinutes ?? defaultComparison.minimumMinutes,
    },
  }
}

/** The rates are always compared. A given list names the percentiles to compare. */
function comparedDurations(durations: Settings['durations']): Partial<ComparisonSettings> {
  if (!durations) return {}
  const compared = percentiles.filter((percentile) => durations[percentile] !== undefined)
  const { p50, p90, p99 } = defaultComparison.durationRatio
  return {
    metrics: [
      'error-rate',
      'throttle-rate',
      ...compared.map((percentile) => `duration-${percentile}` as const),
    ],
    durationRatio: { p50: durations.p50 ?? p50, p90: durations.p90 ?? p90, p99: durations.p99 ?? p99 },
  }
}

function ratio() {
  return number(1.05, 100).optional()
}

function number(least: number, most: number) {
  const expected = `a number from ${least} to ${most}`
  return z.number(expected).min(least, expected).max(most, expected)
}

function whole(least: number, most: number) {
  const expected = `a whole number from ${least} to ${most}`
  return z.int(expected).min(least, expected).max(most, expected)
}
