import { expect, test, vi } from 'vitest'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const { chartFile } = await import('../../../../src/ui/results/report/chart.ts')
const { reportMarkdown } = await import('../../../../src/ui/results/report/markdown.ts')
const { reportPage } = await import('../../../../src/ui/results/report/page.ts')
const { reportText } = await import('../../../../src/ui/results/report/text.ts')
const { hostile, hostileReport } = await import('./hostile-report.ts')
const { sampleReport } = await import('./sample-report.ts')

test('the picture of the documentation is the chart of the sample', async () => {
  await expect(chartFile(sampleReport)).toMatchFileSnapshot('../../../../docs/images/canary-report.svg')
})

test('Markdown has the course as a Mermaid chart, and tables', async () => {
  await expect(reportMarkdown(sampleReport)).toMatchFileSnapshot('sample.md')
})

test('without figures nothing is drawn as 0, and the reason is told', () => {
  const reason = 'CloudWatch keeps figures for 455 days, and this release is older.'
  const { versions: _, ...rest } = sampleReport
  const old = { ...rest, unread: [{ part: 'figures' as const, reason }] }
  for (const text of [reportText(old, 200), reportPage(old), reportMarkdown(old)])
    expect(text).toContain(reason)
  expect(chartFile(old)).toContain(reason)
  expect(chartFile(old)).not.toMatch(/<rect class="(?:stable|candidate)"/)
})

test('a gap in the figures is a gap in the lines', () => {
  const [candidate] = sampleReport.versions ?? []
  if (!candidate) throw new Error('The sample has no candidate.')
  const gap = { ...candidate, periods: candidate.periods.filter((_, index) => index !== 3) }
  const linesIn = (svg: string) => svg.match(/<path class="line candidate"/g)?.length
  const whole = linesIn(chartFile({ ...sampleReport, versions: [candidate] }))
  // Error rate and duration each have one line more.
  expect(linesIn(chartFile({ ...sampleReport, versions: [gap] }))).toBe((whole ?? 0) + 2)
})

test('a figure between two unknown ones is a dot that can be seen', () => {
  const versions = (sampleReport.versions ?? []).map((each) => ({
    ...each,
    periods: each.periods.slice(0, 1),
  }))
  expect(chartFile({ ...sampleReport, versions }).match(/<circle/g)).toHaveLength(4)
})

test('a terminal without room for a chart gets the figures', () => {
  const shown = reportText(sampleReport, 30)
  expect(shown).not.toMatch(/[█░▁]/)
  expect(shown).toContain('errors v42: 4.48%, p99 199 ms')
  expect(reportText(sampleReport, 34)).toMatch(/█ v42 candidate {2}░ v41 stable/)
})

test('hostile text begins no markup of its own', () => {
  for (const text of [reportPage(hostileReport), chartFile(hostileReport)]) {
    expect(text).not.toMatch(/<(?:script|img|iframe)/i)
    expect(text).not.toContain('\u001b')
    expect(text).not.toContain('\u202e')
    expect(text.isWellFormed()).toBe(true)
  }
  const shown = reportText(hostileReport, 80)
  expect(shown).not.toContain('\u001b')
  const markdown = reportMarkdown(hostileReport)
  const outside = markdown.replace(/^ *(`{3,})[^]*?^ *\1$/gm, '')
  expect(outside).not.toMatch(/(?<!\\)<(?!br>)/)
  expect(hostile).toContain('<script>')
})
