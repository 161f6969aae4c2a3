import type { Breakglass } from '../../release/plan/breakglass.ts'
import { plainLine } from './plain.ts'
import { formatMoment } from './time.ts'

/** Why a release went past its gates, and which alarms it is excused from; no line where it did not. */
export function breakglassLines(breakglass: Breakglass | undefined): string[] {
  if (!breakglass) return []
  const { reason, firing } = breakglass
  return [
    `  breakglass: ${plainLine(reason)}`,
    ...firing.map(
      ({ alarm, since }) =>
        `  excused until it recovers: alarm ${plainLine(alarm)}, so since ${formatMoment(since)}`,
    ),
  ]
}
