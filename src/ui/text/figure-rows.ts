import stringWidth from 'string-width'
import { counted } from '../../gates/comparison/words.ts'
import type { Figures, Traffic } from '../../release/plan/comparison.ts'
import type { Plan } from '../../release/plan/plan.ts'
import { table } from './table.ts'
import { tellTimes } from './time.ts'

/**
 * The counts of both versions, one row each, or the reason why they are unknown.
 *
 * @param now a time whose date the reader knows, milliseconds since the epoch
 */
export function figureRows(
  { stable = '', candidate }: Pick<Plan, 'stable' | 'candidate'>,
  figures: Figures | 'not-permitted',
  now: number,
  columns: number,
): string[] {
  if (figures === 'not-permitted') return ['no figures: cloudwatch:GetMetricData is not permitted']
  if (!figures) return []
  const right = { align: 'right' } as const
  const [first = '', ...rest] = table(
    [
      [`v${stable}`, ...cellsOf(figures.stable)],
      [`v${candidate}`, ...cellsOf(figures.candidate)],
    ],
    [{}, right, right, right, right],
    { width: columns, indent: 0 },
  )
  const since = `${first}  since ${tellTimes(now)(figures.since)}`
  return [stringWidth(since) <= columns ? since : first, ...rest]
}

function cellsOf({ invocations, errors, throttles }: Traffic): string[] {
  const share = errors > 0 && invocations > 0 ? `${((errors / invocations) * 100).toPrecision(2)}%` : ''
  return [
    counted(invocations, 'invocation'),
    counted(errors, 'error'),
    share,
    throttles > 0 ? `${throttles.toLocaleString('en')} throttled` : '',
  ]
}
