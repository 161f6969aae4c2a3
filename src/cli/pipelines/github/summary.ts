import { courseChart } from '../../../ui/text/markdown/course-chart.ts'
import { markdownTable, markdownText } from '../../../ui/text/markdown/markdown.ts'
import { formatMoment } from '../../../ui/text/time.ts'
import { mask } from '../../output/mask.ts'
import type { Course } from '../course.ts'
import type { Outcome } from '../part.ts'

/** The job's summary in Markdown: a table of all functions, each note once, and the course of each release. */
export function summaryText(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ function: name, outcome, version = '', previous = '', release = '' }) =>
    [name, outcome, version, previous, release].map(cell),
  )
  const notes = [...new Set(outcomes.flatMap((each) => each.notes ?? []))].map((note) => `- ${cell(note)}`)
  const courses = outcomes.flatMap(({ function: name, course }) => (course ? courseText(name, course) : []))
  return [
    '### lambdactl',
    '',
    ...markdownTable(['Function', 'Outcome', 'Version', 'Before', 'Release'], rows),
    '',
    ...(notes.length > 0 ? [...notes, ''] : []),
    ...courses,
    '',
  ].join('\n')
}

/** A switch at once has no course to look at. */
function courseText(name: string, course: Course): string[] {
  const { id, strategy, alias, candidate, moments } = course
  if (moments.length < 2) return []
  const rows = moments.map(({ time, percent, is, words }) => [
    `${is === 'planned' ? 'planned ' : ''}${formatMoment(time)}`,
    `${percent}%`,
    cell(words),
  ])
  return [
    `#### ${cell(`${name}: ${strategy} ${id}, version ${candidate} at ${alias}`)}`,
    '',
    ...markdownTable(['From', 'Traffic', 'Gates'], rows),
    '',
    courseChart(course),
    '',
  ]
}

function cell(text: string): string {
  return markdownText(mask(text))
}
