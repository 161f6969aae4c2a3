import { counted } from '../../gates/comparison/words.ts'
import type { TimeTeller } from '../text/time.ts'

/** How far the reading of a log is, for stderr: `40,000 lines read, up to 03:41:00+01:00`. */
export function readingText(lines: number, time: number, tellTime: TimeTeller): string {
  return `${counted(lines, 'line')} read, up to ${tellTime(time)}`
}
