import type { ReleaseReport } from '../../../operation/report/report.ts'
import { type Markup, markup } from '../../text/markup/markup.ts'
import { linear, type Scale, timeTicks } from './scale.ts'
import { clockText, dayText } from './words.ts'

/** The place of a chart's panels, in pixels. */
export interface Frame {
  width: number
  /** The left and right edge of all panels. */
  left: number
  right: number
  /** The place of a time, milliseconds since the epoch; never outside of the edges. */
  x: Scale
  report: ReleaseReport
}

const gutter = 46
const dayMs = 24 * 3_600_000

export function frameOf(report: ReleaseReport, width: number): Frame {
  const right = width - 10
  const scale = linear([report.from, report.until], [gutter, right])
  const x = (time: number) => Math.min(right, Math.max(gutter, scale(time)))
  return { width, left: gutter, right, x, report }
}

/** The scale of times below the last panel. */
export function timeAxis({ left, right, x, report }: Frame, y: number): Markup {
  const { times, stepMs } = timeTicks(report.from, report.until, (right - left) / 70)
  const text = stepMs >= dayMs ? dayText : clockText
  return markup`<g class="axis">${times.map(
    (time) =>
      markup`<line class="base" x1="${px(x(time))}" x2="${px(x(time))}" y1="${y}" y2="${y + 4}"/><text class="small" x="${px(x(time))}" y="${y + 17}" text-anchor="middle">${text(time)}</text>`,
  )}</g>`
}

/** A number of pixels; tenths are enough. */
export function px(value: number): number {
  return Math.round(value * 10) / 10
}
