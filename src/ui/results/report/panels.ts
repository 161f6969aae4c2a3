import type { PeriodFigures, VersionFigures } from '../../../operation/report/figures.ts'
import { durationWords } from '../../../release/values/duration.ts'
import { type Markup, markup } from '../../text/markup/markup.ts'
import { type Frame, px } from './frame.ts'
import { linear, type Scale, ticksTo } from './scale.ts'
import { noFiguresText, percentText, shortened } from './words.ts'

/** A panel of the chart: a title above, and a scale of values at the left. */
interface Panel {
  title: string
  /** The upper edge of the values' area, and its height; pixels. */
  top: number
  height: number
  /** The highest value; 0 if there is none. */
  highest: number
  text: (value: number) => string
}

/** The candidate's weight as an area of steps. */
export function weightPanel(frame: Frame, top: number, height: number): Markup {
  const { report, x, right } = frame
  const panel = {
    title: `Weight of version ${report.release.candidate}`,
    top,
    height,
    highest: 100,
    text: percentText,
  }
  const { y, drawn } = panelOf(frame, panel, [0, 100])
  const { course } = report
  const steps = course.map(({ time, percent }) => `H${px(x(time))}V${px(y(percent))}`).join('')
  const begin = `M${frame.left} ${px(y(0))}`
  return markup`<g>${drawn}<path class="share" d="${begin}${steps}H${right}V${px(y(0))}Z"/><path class="line candidate" d="${begin}${steps}H${right}"/></g>`
}

/** Invocations by period, the candidate's at the bottom. */
export function trafficPanel(frame: Frame, top: number, height: number): Markup {
  const { report, x } = frame
  const { versions = [], periodMs } = report
  const sums = new Map<number, number>()
  for (const { time, invocations = 0 } of versions.flatMap(({ periods }) => periods))
    sums.set(time, (sums.get(time) ?? 0) + invocations)
  const title = `Invocations per ${durationWords(periodMs).replace(/^1 /, '')}`
  const panel = { title, top, height, highest: Math.max(0, ...sums.values()), text: shortCount }
  const { y, drawn } = panelOf(frame, panel)
  const below = new Map<number, number>()
  const bars = versions.flatMap(({ role, periods }) =>
    periods.map(({ time, invocations = 0 }) => {
      const from = below.get(time) ?? 0
      below.set(time, from + invocations)
      const start = x(time)
      const width = Math.max(0.5, x(time + periodMs) - start - 1)
      const upper = y(from + invocations)
      return markup`<rect class="${role}" x="${px(start)}" y="${px(upper)}" width="${px(width)}" height="${px(y(from) - upper)}"/>`
    }),
  )
  return markup`<g>${drawn}${bars}</g>`
}

/** The share of failed invocations by version. */
export function errorPanel(frame: Frame, top: number, height: number): Markup {
  return linesPanel(
    frame,
    { title: 'Error rate', top, height, text: percentText },
    ({ invocations = 0, errors }) =>
      invocations > 0 && errors !== undefined ? (errors / invocations) * 100 : undefined,
  )
}

/** The 99th percentile of the duration by version. */
export function durationPanel(frame: Frame, top: number, height: number): Markup {
  return linesPanel(frame, { title: 'Duration, p99', top, height, text: durationTick }, ({ p99Ms }) => p99Ms)
}

type Value = (figures: PeriodFigures) => number | undefined

function linesPanel(frame: Frame, about: Omit<Panel, 'highest'>, valueOf: Value): Markup {
  const { versions = [] } = frame.report
  const values = versions.flatMap(({ periods }) => periods.flatMap((each) => valueOf(each) ?? []))
  const { y, drawn } = panelOf(frame, { ...about, highest: Math.max(0, ...values) })
  // Stable's line is drawn first, so that the candidate's is seen where both are the same.
  const lines = versions.toReversed().map((version) => linesOf(frame, version, valueOf, y))
  return markup`<g>${drawn}${lines}</g>`
}

/**
 * A line goes from the middle of a period to that of the next one; over an unknown period it does not go. A period
 * between two unknown ones is a dot.
 */
function linesOf(
  { x, report }: Frame,
  { role, periods }: VersionFigures,
  valueOf: Value,
  y: Scale,
): Markup[] {
  const { periodMs } = report
  const runs: { time: number; left: number; top: number }[][] = []
  for (const each of periods) {
    const value = valueOf(each)
    if (value === undefined) continue
    const point = { time: each.time, left: px(x(each.time + periodMs / 2)), top: px(y(value)) }
    const last = runs.at(-1)
    if (last?.at(-1)?.time === each.time - periodMs) last.push(point)
    else runs.push([point])
  }
  return runs.map((run) => {
    const [first, ...others] = run
    if (first && others.length === 0)
      return markup`<circle class="${role}" cx="${first.left}" cy="${first.top}" r="3"/>`
    return markup`<path class="line ${role}" d="M${run.map(({ left, top }) => `${left} ${top}`).join('L')}"/>`
  })
}

function panelOf(
  { left, right, report }: Frame,
  { title, top, height, highest, text }: Panel,
  given?: readonly number[],
): { y: Scale; drawn: Markup } {
  const ticks = given ?? ticksTo(highest, Math.max(2, height / 32))
  const y = linear([0, ticks.at(-1) ?? 1], [top + height, top])
  const isEmpty =
    !given && highest === 0 && !(report.versions ?? []).some(({ periods }) => periods.length > 0)
  const shown = isEmpty ? [0] : ticks
  const scale = shown.map(
    (tick) =>
      markup`<line class="${tick === 0 ? 'base' : 'grid'}" x1="${left}" x2="${right}" y1="${px(y(tick))}" y2="${px(y(tick))}"/><text class="small" x="${left - 6}" y="${px(y(tick) + 4)}" text-anchor="end">${text(tick)}</text>`,
  )
  const note =
    isEmpty &&
    markup`<text class="small" x="${left + 8}" y="${px(top + height / 2 + 4)}">${shortened(noFiguresText(report), Math.floor((right - left) / 6))}</text>`
  return { y, drawn: markup`<text class="title" x="${left}" y="${top - 9}">${title}</text>${scale}${note}` }
}

function shortCount(value: number): string {
  return value.toLocaleString('en', { notation: 'compact', maximumSignificantDigits: 3 })
}

function durationTick(ms: number): string {
  return ms >= 1000 ? `${Number((ms / 1000).toPrecision(3))} s` : `${Number(ms.toPrecision(3))} ms`
}
