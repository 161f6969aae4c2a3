import type { ReleaseReport } from '../../../operation/report/report.ts'
import { asMarkup, type Markup, markup } from '../../text/markup/markup.ts'
import { formatMoment, momentOf } from '../../text/time.ts'
import { chartStyle, colourStyle } from './chart-style.ts'
import { type Frame, frameOf, px, timeAxis } from './frame.ts'
import { alarmBands, alarmLanes, lanesHeight, marksOf } from './marks.ts'
import { durationPanel, errorPanel, trafficPanel, weightPanel } from './panels.ts'
import { countText, msText, outcomeText, rateText, versionsText } from './words.ts'

/** The size of a chart, and its ids within a page. */
export interface ChartPlace {
  /** Pixels. */
  width: number
  /** Begins the ids, which differ within a page. */
  id: string
}

const titleHeight = 26
const gap = 16

/**
 * The chart of a release as SVG: the candidate's weight, the traffic, error rates and durations of both versions, with
 * marks for shifts and ends, and the alarms as bands.
 */
export function chartOf(report: ReleaseReport, { width, id }: ChartPlace, style?: Markup): Markup {
  const frame = frameOf(report, width)
  const marks = marksOf(frame)
  const legendRow = 20
  const top = legendRow + marks.height
  const isWide = width > 600
  const heights = isWide ? [44, 150, 110, 90] : [36, 110, 90, 70]
  let y = top
  const panels = [weightPanel, trafficPanel, errorPanel, durationPanel].map((panel, index) => {
    const height = heights[index] ?? 0
    y += titleHeight
    const drawn = panel(frame, y, height)
    y += height + gap
    return drawn
  })
  const axisAt = y - gap
  const lanesAt = axisAt + 32
  const lanes = lanesHeight(frame)
  const height = lanesAt + lanes + (lanes > 0 ? 4 : 0)
  return markup`<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${titleText(report)}</title><desc id="${id}-desc">${descriptionText(report)}</desc>${style}<rect class="paper" width="${width}" height="${height}"/>${legend(frame)}${alarmBands(frame, top, axisAt)}${panels}${marks.draw(legendRow, axisAt)}${timeAxis(frame, axisAt)}${alarmLanes(frame, lanesAt)}${touches(frame, top, axisAt)}</svg>`
}

/** The chart alone, as a file. */
export function chartFile(report: ReleaseReport, width = 1000): string {
  const style = asMarkup(`<style>${colourStyle('.chart')}\n${chartStyle}</style>`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${reportMark} -->\n${chartOf(report, { width, id: 'chart' }, style).text}\n`
}

/** Written into each report, so that one report may replace another, and nothing else. */
export const reportMark = 'A release report by lambdactl'

function titleText({ function: name, release, ...report }: ReleaseReport): string {
  return `${name}, ${versionsText(release)}: ${outcomeText({ function: name, release, ...report })}`
}

/** The chart in words, for people who can't see it. */
function descriptionText({ from, until, versions = [], alarms }: ReleaseReport): string {
  const figures = versions.map(
    ({ version, role, invocations, errorRate, p99Ms }) =>
      `Version ${version} (${role}): ${countText(invocations)} invocations, error rate ${rateText(errorRate)}, p99 ${msText(p99Ms)}.`,
  )
  const fired = alarms.filter(({ periods }) => periods.some(({ condition }) => condition === 'ALARM'))
  const span = `From ${formatMoment(from)} to ${formatMoment(until)}.`
  return [span, ...figures, ...fired.map(({ name }) => `The alarm ${name} fired.`)].join(' ')
}

function legend({ left, right, report }: Frame): Markup {
  const { offset, date } = momentOf(report.from, 's')
  const isNarrow = right < 600
  let x = left
  const items = (report.versions ?? []).map(({ version, role }) => {
    const text = isNarrow ? `v${version} ${role}` : `version ${version} (${role})`
    const item = markup`<rect class="${role}" x="${px(x)}" y="2" width="11" height="11" rx="2"/><text x="${px(x + 16)}" y="12">${text}</text>`
    x += 34 + text.length * 6.9
    return item
  })
  const times = isNarrow
    ? ''
    : `${date}, times are ${offset === 'Z' || offset === '+00:00' ? 'UTC' : `UTC${offset}`}`
  return markup`<g>${items}<text class="small" x="${right}" y="12" text-anchor="end">${times}</text></g>`
}

/** A strip over each period: a pointer on it shows the figures. */
function touches({ x, report }: Frame, top: number, bottom: number): Markup {
  const { versions = [], periodMs } = report
  const times = [...new Set(versions.flatMap(({ periods }) => periods.map(({ time }) => time)))]
  return markup`<g>${times.map((time) => {
    const lines = versions.flatMap(({ version, periods }) => {
      const found = periods.find((period) => period.time === time)
      if (!found) return []
      const { invocations, errors, p99Ms } = found
      const figures = [
        `${countText(invocations)} invocations`,
        `${countText(errors)} errors`,
        `p99 ${msText(p99Ms)}`,
      ]
      return [`version ${version}: ${figures.join(', ')}`]
    })
    return markup`<rect class="touch" x="${px(x(time))}" y="${top}" width="${px(x(time + periodMs) - x(time))}" height="${bottom - top}"><title>${[formatMoment(time), ...lines].join('\n')}</title></rect>`
  })}</g>`
}
