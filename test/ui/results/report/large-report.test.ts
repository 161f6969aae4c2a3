import { expect, test, vi } from 'vitest'
import type { Happening } from '../../../../src/operation/report/happenings.ts'
import type { ReleaseReport } from '../../../../src/operation/report/report.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const { chartFile } = await import('../../../../src/ui/results/report/chart.ts')
const { courseRows } = await import('../../../../src/ui/results/report/course-rows.ts')
const { reportMarkdown } = await import('../../../../src/ui/results/report/markdown.ts')
const { reportPage } = await import('../../../../src/ui/results/report/page.ts')
const { reportText } = await import('../../../../src/ui/results/report/text.ts')
const { sampleReport } = await import('./sample-report.ts')

const many = <Each>(count: number, each: (index: number) => Each) =>
  Array.from({ length: count }, (_, index) => each(index))

/** A comment on GitHub has no room for more characters. */
const mostOfComment = 65_536

function ticks(count: number): Happening[] {
  return many(count, (index) => ({
    time: sampleReport.release.started + index * 300_000,
    did: 'resumed',
    percent: 10,
    by: 'arn:aws:sts::123456789012:assumed-role/steer/tick',
  }))
}

test('the resumptions of a schedule are one row', () => {
  const shifted: Happening = { time: sampleReport.release.started, did: 'shifted', percent: 10 }
  const rows = courseRows({ happenings: [shifted, ...ticks(100), shifted, ...ticks(1)] })
  expect(rows.map(({ what }) => what)).toEqual([
    'shifted to 10%',
    'resumed, 100 times until 2026-11-22 06:45:00Z',
    'shifted to 10%',
    'resumed',
  ])
  expect(rows[1]).toMatchObject({ who: 'assumed-role/steer/tick', reason: '' })
})

test('ten thousand events, and an alarm that fired as often, keep each form readable', () => {
  const happenings = many(10_000, (index): Happening => {
    return { time: sampleReport.from + index * 100, did: 'shifted', percent: (index % 99) + 1 }
  })
  const [alarm] = sampleReport.alarms
  const [look] = sampleReport.gates
  if (!alarm || !look) throw new Error('The sample has no alarm and no look.')
  const firing = (index: number) => ({
    from: sampleReport.from + index * 100,
    until: sampleReport.from + index * 100 + 50,
    condition: 'ALARM' as const,
  })
  const large: ReleaseReport = {
    ...sampleReport,
    happenings,
    course: happenings.map(({ time, percent }) => ({ time, percent })),
    gates: many(10_000, () => look),
    alarms: [{ ...alarm, periods: many(10_000, firing) }],
  }
  const markdown = reportMarkdown(large)
  expect(markdown.length).toBeLessThan(mostOfComment)
  expect(markdown).toContain('| … 9,800 more |')
  expect(markdown).toMatch(/fired at .*, and 9,995 times more/)
  expect(reportText(large, 100).split('\n').length).toBeLessThan(300)
  expect(reportPage(large)).toContain('… 9,800 more')
  expect(chartFile(large)).toContain('</svg>')
})

test('lines of a megabyte are cut', () => {
  const line = '` '.repeat(500_000)
  const [error] = sampleReport.errors ?? []
  if (!error) throw new Error('The sample has no error.')
  const errors = many(12, () => ({
    ...error,
    kind: line,
    sample: { request: 'id', lines: many(12, () => line) },
  }))
  const long = { ...sampleReport, errors }
  expect(reportMarkdown(long).length).toBeLessThan(mostOfComment)
  expect(reportPage(long).length).toBeLessThan(1_000_000)
  expect(reportText(long, 100).length).toBeLessThan(10_000)
})
