import stringWidth from 'string-width'
import type { AlarmCourse } from '../../../operation/report/alarm-course.ts'
import type { Happening } from '../../../operation/report/happenings.ts'
import { type Markup, markup } from '../../text/markup/markup.ts'
import { plainLine } from '../../text/plain.ts'
import { type Frame, px } from './frame.ts'
import { happeningText, percentText } from './words.ts'

/** The height of a row of labels, and of an alarm's lane; pixels. */
const rowHeight = 15
const laneHeight = 34
/** More alarms are only in the table. */
const mostLanes = 6
const mostRows = 3
/** The width of a letter, on average; pixels. */
const letter = 6.8

interface Mark {
  time: number
  label: string
  mood: '' | 'good' | 'bad' | 'waiting'
  what: string
}

/** The marks of a release, the shifts and the ends, with rows for their labels above the panels. */
export interface Marks {
  /** The height that the labels take; pixels. */
  height: number
  draw: (top: number, bottom: number) => Markup
}

export function marksOf(frame: Frame): Marks {
  const placed = placedMarks(frame)
  const rows = Math.max(1, ...placed.map(({ row }) => row + 1))
  return {
    height: rows * rowHeight,
    draw: (top, bottom) =>
      markup`<g>${placed.map(({ time, label, mood, what, row, isShown }) => {
        const x = px(frame.x(time))
        const y = top + (row + 1) * rowHeight - 4
        const text = isShown && markup`<text class="small ${mood}" x="${x + 3}" y="${y}">${label}</text>`
        return markup`<g><title>${what}</title><line class="mark ${mood}" x1="${x}" x2="${x}" y1="${isShown ? y - 10 : top + rows * rowHeight}" y2="${bottom}"/>${text}</g>`
      })}</g>`,
  }
}

/** A label takes the first row in which it covers none before it; without room in any it is left out. */
function placedMarks(frame: Frame): (Mark & { row: number; isShown: boolean })[] {
  const ends = Array.from({ length: mostRows }, () => Number.NEGATIVE_INFINITY)
  return frame.report.happenings.flatMap(markOf).map((mark) => {
    const start = frame.x(mark.time)
    const end = start + 6 + stringWidth(mark.label) * letter
    const row = ends.findIndex((last) => last < start)
    const isShown = row !== -1 && end <= frame.width
    if (isShown) ends[row] = end
    return { ...mark, row: isShown ? row : 0, isShown }
  })
}

function markOf(happening: Happening): Mark[] {
  const { time, did, percent } = happening
  const mark = (label: string, mood: Mark['mood']) => [{ time, label, mood, what: happeningText(happening) }]
  switch (did) {
    case 'shifted':
    case 'promoted':
    case 'promoted one step':
      return mark(percentText(percent), '')
    case 'finished':
      return mark('done', 'good')
    case 'approved':
      return mark('approved', '')
    case 'paused':
      return mark('paused', 'waiting')
    case 'rolled back':
    case 'aborted':
      return mark(did, 'bad')
    case 'left':
      return mark('left', 'bad')
    default:
      return []
  }
}

/** The height of all lanes; pixels. */
export function lanesHeight({ report }: Frame): number {
  const { length } = report.alarms
  return Math.min(length, mostLanes) * laneHeight + (length > mostLanes ? rowHeight : 0)
}

/** A lane for each alarm: full while it fires, dashed while it lacks data. */
export function alarmLanes(frame: Frame, top: number): Markup {
  const { left, right, report } = frame
  const hidden = report.alarms.length - mostLanes
  const lanes = report.alarms.slice(0, mostLanes).map((alarm, index) => {
    const y = top + index * laneHeight
    return markup`<g><text class="small" x="${left}" y="${y + 10}">${laneTitle(alarm, right - left)}</text><line class="grid" x1="${left}" x2="${right}" y1="${y + 21}" y2="${y + 21}"/>${alarm.periods.map(
      ({ from, until, condition }) =>
        markup`<rect class="${condition === 'ALARM' ? 'firing' : 'lacking'}" x="${px(frame.x(from))}" y="${y + 16}" width="${px(Math.max(2, frame.x(until) - frame.x(from)))}" height="10" rx="2"><title>${condition === 'ALARM' ? 'fired' : 'had not enough data'}</title></rect>`,
    )}</g>`
  })
  const more =
    hidden > 0 &&
    markup`<text class="small" x="${left}" y="${top + mostLanes * laneHeight + 10}">… and ${hidden} more</text>`
  return markup`<g>${lanes}${more}</g>`
}

/** The times in which any alarm fires, behind all panels. */
export function alarmBands({ x, report }: Frame, top: number, bottom: number): Markup {
  const firing = report.alarms.flatMap(({ periods }) =>
    periods.filter(({ condition }) => condition === 'ALARM'),
  )
  return markup`<g>${joined(firing).map(
    ({ from, until }) =>
      markup`<rect class="band" x="${px(x(from))}" y="${top}" width="${px(Math.max(1, x(until) - x(from)))}" height="${bottom - top}"/>`,
  )}</g>`
}

/** Overlapping bands would be darker than others. */
function joined(spans: readonly { from: number; until: number }[]): { from: number; until: number }[] {
  const all: { from: number; until: number }[] = []
  for (const { from, until } of spans.toSorted((one, other) => one.from - other.from)) {
    const last = all.at(-1)
    if (last && last.until >= from) last.until = Math.max(last.until, until)
    else all.push({ from, until })
  }
  return all
}

function laneTitle({ name, periods }: AlarmCourse, room: number): string {
  const most = Math.floor(room / letter) - 12
  const text = plainLine(name)
  const short = text.length <= most ? text : `${text.slice(0, most - 1)}…`
  return `alarm ${short}${periods.some(({ condition }) => condition === 'ALARM') ? ': fired' : ''}`
}
