import type { Breakglass } from '../../release/plan/breakglass.ts'
import { plainLine } from './plain.ts'
import { formatMoment } from './time.ts'

/** The reason why a release went past its gates, and the excused alarms; empty if it did not. */
export function breakglassLines(breakglass: Breakglass | undefined): string[] {
  if (!breakglass) return []
  const { reason, firing } = breakglass
  return [
    `  breakglass: ${plainLine(reason)}`,
    ...firing.map(
      ({ alarm, since }) =>
        `  excused until it recovers: alarm ${plainLine(alarm)}, in this state since ${formatMoment(since)}`,
    ),
  ]
}
