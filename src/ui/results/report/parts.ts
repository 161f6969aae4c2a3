import { describeFigures } from '../../../gates/comparison/words.ts'
import type { AlarmCourse } from '../../../operation/report/alarm-course.ts'
import type { ReleaseReport, ReportedErrors } from '../../../operation/report/report.ts'
import type { Look } from '../../../release/journal/looks.ts'
import { durationWords } from '../../../release/values/duration.ts'
import { type Markup, markup } from '../../text/markup/markup.ts'
import { conditionsOf } from '../../text/plan-words.ts'
import { tellTimes, withTimes } from '../../text/time.ts'
import { courseRows, rowsOf } from './course-rows.ts'
import {
  countText,
  hasFigures,
  kindText,
  msText,
  noFiguresText,
  percentText,
  rateText,
  sampleText,
  unreadReason,
} from './words.ts'

/** A column: its heading, and its class. */
type Column = readonly [heading: string, kind?: 'time' | 'short' | 'number']

/** A table with headings. On a narrow screen each row becomes lines, with the heading of a number before it. */
function tableOf(
  label: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | Markup)[])[],
): Markup {
  return markup`<table class="rows" aria-label="${label}"><thead><tr>${columns.map(
    ([heading, kind]) => markup`<th scope="col" class="${kind}">${heading}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      markup`<tr>${row.map((cell, index) => {
        const [heading, kind] = columns[index] ?? ['']
        return markup`<td class="${kind}"${kind === 'number' && markup` data-name="${heading}"`}>${cell}</td>`
      })}</tr>`,
  )}</tbody></table>`
}

function part(title: string, ...content: readonly (Markup | false | undefined)[]): Markup {
  return markup`<section><h2>${title}</h2>${content}</section>`
}

function note(text: string): Markup {
  return markup`<p class="muted">${text}</p>`
}

/** The sums of both versions. */
export function figuresPart(report: ReleaseReport): Markup {
  const { versions = [], from, until } = report
  if (!hasFigures(report)) return part('Figures', note(noFiguresText(report)))
  const tellTime = tellTimes()
  const rows = versions.map(({ version, role, ...sum }) => [
    markup`<span class="swatch ${role}"></span>version ${version} (${role})`,
    countText(sum.invocations),
    countText(sum.errors),
    rateText(sum.errorRate),
    countText(sum.throttles),
    msText(sum.p50Ms),
    msText(sum.p99Ms),
  ])
  const columns: Column[] = [
    ['Version'],
    ...['Invocations', 'Errors', 'Error rate', 'Throttles', 'p50', 'p99'].map(
      (name) => [name, 'number'] as const,
    ),
  ]
  const span = `Calls by the alias from ${tellTime(from)} to ${tellTime(until)}; p99 is the highest of all periods.`
  return part('Figures', tableOf('Figures of both versions', columns, rows), note(span))
}

/** The events and acts, each with its actor. */
export function coursePart(report: ReleaseReport): Markup {
  const rows = courseRows(report).map(({ time, what, who, reason }) => [time, what, who, reason])
  return part(
    'What happened',
    tableOf('What happened', [['Time', 'time'], ['What', 'short'], ['Who'], ['Reason']], rows),
  )
}

/** The gates with the figures of each look, and the hooks. */
export function gatesPart({ gates, hooks }: ReleaseReport): Markup {
  const tellTime = tellTimes()
  const rows = rowsOf<Look, (string | Markup)[]>(
    gates,
    (look) => [
      tellTime(look.time),
      ledText(look.led),
      verdictCell(look),
      markup`${figureTexts(look).map((text) => markup`<div>${text}</div>`)}`,
    ],
    (hidden) => ['', hidden, 'in --json', ''],
  )
  const columns: Column[] = [['Time', 'time'], ['Led to', 'short'], ['Verdict'], ['Figures']]
  const ran = hooks.map(({ time, point, outcome, seconds, reason = '' }) => [
    tellTime(time),
    point,
    outcome,
    seconds === undefined ? '' : durationWords(Math.round(seconds * 1000)),
    reason,
  ])
  const hookColumns: Column[] = [['Time', 'time'], ['Hook'], ['Outcome'], ['Took'], ['Reason']]
  const outputs = hooks.flatMap(({ output, point }) =>
    output === undefined
      ? []
      : markup`<details><summary>Output of ${point}</summary><pre>${output}</pre></details>`,
  )
  return part(
    'Gates',
    rows.length > 0 ? tableOf('Looks at the gates', columns, rows) : note('No look at a gate is on record.'),
    ran.length > 0 && markup`<h3>Hooks</h3>${tableOf('Hooks', hookColumns, ran)}${outputs}`,
  )
}

const led: Readonly<Record<string, string>> = {
  shift: 'a shift',
  finish: 'the end',
  paused: 'a pause',
  'rolled-back': 'the rollback',
}

/** The decision of a look, in words. */
export function ledText(to: string): string {
  return led[to] ?? to
}

const verdictMoods = { pass: 'good', fail: 'bad', inconclusive: 'waiting' } as const

function verdictCell({ verdict }: Look): Markup | string {
  if (!verdict) return ''
  return markup`<strong class="${verdictMoods[verdict.outcome]}">${verdict.outcome}</strong> ${withTimes(verdict.reason)}`
}

/** The figures of a look, a line each: alarms first. */
export function figureTexts({ alarms, comparison }: Look): string[] {
  return [
    ...alarms.map(
      ({ name, condition, verdict }) =>
        `alarm ${name}: ${condition}${verdict === 'excused' ? ', excused' : ''}`,
    ),
    ...comparison.map((metric) => `${describeFigures(metric)}: ${metric.outcome}`),
  ]
}

/** The alarms of the gates through the time of the release. */
export function alarmsPart(report: ReleaseReport): Markup | undefined {
  const { alarms } = report
  const reason = unreadReason(report, 'alarms')
  if (alarms.length === 0) return undefined
  const rows = alarms.map((alarm) => [alarm.name, alarmText(alarm), firstReason(alarm)])
  const columns: Column[] = [['Alarm'], ['State'], ['Reason']]
  return part('Alarms', tableOf('Alarms', columns, rows), reason !== undefined && note(reason))
}

/** An alarm that goes to and fro has its other times in --json. */
const mostTimes = 5

/** `OK`, or the times in which it fired. */
export function alarmText({ condition, periods, source }: AlarmCourse): string {
  const tellTime = tellTimes()
  const firing = periods.filter((period) => period.condition === 'ALARM')
  const times = firing
    .slice(0, mostTimes)
    .map(({ from, until }) => `${tellTime(from)} for ${durationWords(Math.max(1000, until - from))}`)
  const more = firing.length - times.length
  if (times.length > 0)
    return `fired at ${times.join(', ')}${more > 0 ? `, and ${countText(more)} times more` : ''}`
  if (condition === undefined) return 'unknown'
  const none = condition === 'OK' ? 'did not fire' : 'had not enough data'
  return source === 'history' ? none : `${none} at the looks`
}

function firstReason({ periods }: AlarmCourse): string {
  return periods.find(({ condition }) => condition === 'ALARM')?.reason ?? ''
}

const mostKinds = 12
/** Characters. */
const longestLine = 2000

/** Failed requests by kind, each with one request. */
export function errorsPart(report: ReleaseReport): Markup {
  const { errors } = report
  const reason = unreadReason(report, 'errors')
  if (!errors)
    return part(
      'Errors',
      note(reason === undefined ? 'The log was not read.' : `The log could not be read: ${reason}`),
    )
  if (errors.length === 0) return part('Errors', note('No request failed in this time.'))
  const hidden = errors.length - mostKinds
  return part(
    'Errors',
    ...errors.slice(0, mostKinds).map(errorKind),
    hidden > 0 && note(`… and ${hidden} more kinds, in --json.`),
  )
}

function errorKind(error: ReportedErrors): Markup {
  const { frame, sample } = error
  return markup`<h3>${countText(error.count)} × ${kindText(error)}</h3><p class="muted">${errorText(error)}${frame !== undefined && markup`, at <code>${frame}</code>`}</p><details><summary>Request ${sample.request}</summary><pre>${sampleText(error, longestLine)}</pre></details>`
}

/** `version 4: 12, version 3: 1; first 03:40:10, last 03:44:02`. */
export function errorText({ versions, first, last }: ReportedErrors): string {
  const tellTime = tellTimes()
  const of = versions.map(
    ({ version, count }) =>
      `${version === undefined ? 'no version' : `version ${version}`}: ${countText(count)}`,
  )
  const when = first === last ? `at ${tellTime(first)}` : `first ${tellTime(first)}, last ${tellTime(last)}`
  return `${of.join(', ')}; ${when}`
}

/** The plan: its steps with their conditions, and its gates. */
export function planPart({ plan }: ReleaseReport): Markup {
  if (!plan)
    return part(
      'Plan',
      note('The journal has no plan of it: it was made by hand, or its entries have been deleted.'),
    )
  const rows = [
    ...plan.steps.map((step, index) => [
      `step ${index + 1}`,
      percentText(step.percent),
      conditionsText(step),
    ]),
    ['then', '100%', plan.bakeMs > 0 ? `bakes ${durationWords(plan.bakeMs)}` : 'done at once'],
  ]
  return part('Plan', tableOf('Steps', [['Step'], ['Traffic'], ['Conditions']], rows), gatesNote(plan))
}

type Plan = NonNullable<ReleaseReport['plan']>

/** The conditions before the next step, in words. */
function conditionsText(step: Plan['steps'][number]): string {
  return conditionsOf(step).replace(/^, /, '')
}

function gatesNote({ alarms, compares, hooks }: Plan): Markup {
  const gates = [
    alarms.length > 0 ? `alarms ${alarms.join(', ')}` : '',
    compares ? `a comparison of ${compares.join(', ')}` : '',
    hooks && hooks.length > 0 ? `hooks at ${hooks.join(', ')}` : '',
  ].filter(Boolean)
  return note(gates.length > 0 ? `Gates: ${gates.join('; ')}.` : 'It had no gates.')
}
