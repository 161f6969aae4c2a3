import { expect, test } from 'vitest'
import { folded, foldingOf } from '../../../src/cli/pipelines/fold.ts'
import type { Presenter } from '../../../src/cli/run/presenter.ts'
import type { ReleaseEvent } from '../../../src/release/history/event.ts'

const of = { function: 'hello' }
const packaged: ReleaseEvent = { ...of, event: 'stage', stage: 'packaging' }
const published: ReleaseEvent = { ...of, event: 'published', version: '2', description: '' }
const warning: ReleaseEvent = { ...of, event: 'warning', text: 'careful' }
const shifted: ReleaseEvent = { ...of, event: 'shifted', alias: 'live', version: '2', step: 1, steps: 1 }

const checked = (outcome: 'pass' | 'fail'): ReleaseEvent => ({
  ...of,
  event: 'checked',
  check: { title: outcome, outcome, detail: '' },
})

/** The lines of a release in a runner's log, at its end. */
async function linesOf(variables: Record<string, string>, ...events: ReleaseEvent[]): Promise<string[]> {
  const lines: string[] = []
  const folding = foldingOf(variables)
  if (!folding) throw new Error('expected a runner that folds')
  const shown: Presenter = {
    tell: (event) => void lines.push(event.event === 'checked' ? event.check.title : event.event),
  }
  const presenter = folded(shown, folding, (line) => lines.push(line))
  for (const event of events) presenter.tell({ ...event, time: 1_700_000_000_500 })
  await presenter.end?.()
  return lines
}

const github = { GITHUB_ACTIONS: 'true' }
const begin = '::group::prepare: package, compare, prove the gates, publish'

test('the preparation is folded once, and its warnings and failed checks follow', async () => {
  const events = [packaged, warning, checked('pass'), checked('fail'), published, shifted, published, shifted]
  expect(await linesOf(github, ...events)).toEqual([
    begin,
    'stage',
    'pass',
    'published',
    '::endgroup::',
    'warning',
    'fail',
    'shifted',
    'published',
    'shifted',
  ])
})

test('a release that ends while it is prepared ends the fold', async () => {
  expect(await linesOf(github, packaged, checked('fail'))).toEqual([begin, 'stage', '::endgroup::', 'fail'])
  expect(await linesOf(github, shifted)).toEqual(['shifted'])
})

test("GitLab's sections have their time and a name, and begin collapsed", async () => {
  expect(await linesOf({ GITLAB_CI: 'true' }, packaged, shifted)).toEqual([
    '\u001b[0Ksection_start:1700000000:lambdactl_prepare[collapsed=true]\r\u001b[0Kprepare: package, compare, prove the gates, publish',
    'stage',
    '\u001b[0Ksection_end:1700000000:lambdactl_prepare\r\u001b[0K',
    'shifted',
  ])
})

test('nothing is folded elsewhere', () => {
  expect(foldingOf({ CI: 'true' })).toBe(undefined)
})
