import type { ReleaseReport } from '../../../operation/report/report.ts'
import { courseChart } from '../../text/markdown/course-chart.ts'
import { markdownFence, markdownTable, markdownText } from '../../text/markdown/markdown.ts'
import { formatMoment, tellTimes, withTimes } from '../../text/time.ts'
import { courseRows, rowsOf } from './course-rows.ts'
import { alarmText, errorText, figureTexts, ledText } from './parts.ts'
import {
  countText,
  hasFigures,
  kindText,
  msText,
  noFiguresText,
  outcomeText,
  rateText,
  sampleText,
  unreadReason,
  versionsText,
  whoText,
} from './words.ts'

/** A report in Markdown, for an issue, a pull request or a page of a wiki, with a chart in Mermaid. */
export function reportMarkdown(report: ReleaseReport): string {
  const { release } = report
  const title = `${report.function}, ${versionsText(release)}: ${outcomeText(report)}`
  const { reason, breakglass } = release
  return [
    `### ${cell(title)}`,
    '',
    factsText(report),
    '',
    ...(reason === undefined ? [] : [`> ${cell(withTimes(reason))}`, '']),
    ...(breakglass === undefined ? [] : [`> breakglass: ${cell(breakglass)}`, '']),
    ...chartLines(report),
    ...figureLines(report),
    ...courseLines(report),
    ...gateLines(report),
    ...alarmLines(report),
    ...errorLines(report),
  ]
    .join('\n')
    .trimEnd()
}

function factsText({ alias, environment, release, lambdaName }: ReleaseReport): string {
  const who = whoText(release)
  const facts = [
    `${release.strategy} ${release.id}`,
    `alias ${alias} of ${lambdaName}`,
    ...(environment === '' ? [] : [`environment ${environment}`]),
    `started ${formatMoment(release.started)}`,
    ...(who === '' ? [] : [`by ${who}`]),
    ...(release.commit === undefined ? [] : [`commit ${release.commit}`]),
  ]
  return cell(facts.join(', '))
}

/** GitHub draws no chart of more text than that of some hundred moments. */
const mostMoments = 200

/** A switch at once has no course to look at. */
function chartLines({ alias, release: { candidate }, course }: ReleaseReport): string[] {
  if (course.length < 2 || course.length > mostMoments) return []
  const moments = course.map((point) => ({ ...point, is: 'made' as const }))
  return [courseChart({ alias, candidate, moments }), '']
}

function figureLines(report: ReleaseReport): string[] {
  const { versions = [] } = report
  if (!hasFigures(report)) return [cell(noFiguresText(report)), '']
  const rows = versions.map(({ version, role, ...sum }) => [
    cell(`${version} (${role})`),
    countText(sum.invocations),
    countText(sum.errors),
    rateText(sum.errorRate),
    countText(sum.throttles),
    msText(sum.p50Ms),
    msText(sum.p99Ms),
  ])
  const head = ['Version', 'Invocations', 'Errors', 'Error rate', 'Throttles', 'p50', 'p99']
  return [...markdownTable(head, rows), '']
}

function courseLines(report: ReleaseReport): string[] {
  const rows = courseRows(report).map(({ time, what, who, reason }) => [time, what, who, reason].map(cell))
  return ['#### What happened', '', ...markdownTable(['Time', 'What', 'Who', 'Reason'], rows), '']
}

function gateLines({ gates }: ReleaseReport): string[] {
  if (gates.length === 0) return []
  const tellTime = tellTimes()
  const rows = rowsOf(
    gates,
    (look) => [
      tellTime(look.time),
      cell(ledText(look.led)),
      cell(look.verdict ? `${look.verdict.outcome}: ${withTimes(look.verdict.reason)}` : ''),
      figureTexts(look).map(cell).join('<br>'),
    ],
    (hidden) => ['', hidden, 'in --json', ''],
  )
  return ['#### Gates', '', ...markdownTable(['Time', 'Led to', 'Verdict', 'Figures'], rows), '']
}

function alarmLines(report: ReleaseReport): string[] {
  const { alarms } = report
  if (alarms.length === 0) return []
  const reason = unreadReason(report, 'alarms')
  const rows = alarms.map((alarm) => [cell(alarm.name), cell(alarmText(alarm))])
  return [
    '#### Alarms',
    '',
    ...markdownTable(['Alarm', 'State'], rows),
    '',
    ...(reason === undefined ? [] : [cell(reason), '']),
  ]
}

const mostKinds = 10
/** A comment on GitHub takes 65,536 characters in all. */
const longestLine = 300

function errorLines(report: ReleaseReport): string[] {
  const { errors = [] } = report
  const reason = unreadReason(report, 'errors')
  if (reason !== undefined) return ['#### Errors', '', cell(`The log could not be read: ${reason}`)]
  if (errors.length === 0) return []
  const shown = errors.slice(0, mostKinds).flatMap((error) => [
    `- **${countText(error.count)} ×** ${cell(kindText(error))}, ${cell(errorText(error))}`,
    '',
    ...markdownFence(sampleText(error, longestLine))
      .split('\n')
      .map((line) => `  ${line}`),
    '',
  ])
  return ['#### Errors', '', ...shown]
}

function cell(text: string): string {
  return markdownText(text)
}
