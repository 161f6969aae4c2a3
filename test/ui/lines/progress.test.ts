import { describe, expect, test } from 'vitest'
import type { ReleaseEvent, Stage } from '../../../src/release/history/event.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import { afterProgress, beforeProgress, type Progress } from '../../../src/ui/lines/progress.ts'

const start = Date.parse('2026-11-21T10:00:00.000Z')
const alias = 'live'

type Untold = ReleaseEvent extends infer Each
  ? Each extends ReleaseEvent
    ? Omit<Each, 'function'>
    : never
  : never

/** The progress of one of two functions after events that come a second apart. */
function after(...events: Untold[]): Progress {
  const all = events.reduce(
    (known, event, index) => afterProgress(known, { time: start + index * 1000, function: 'cart', ...event }),
    beforeProgress(['cart', 'checkout']),
  )
  const [cart, checkout] = all
  expect(checkout).toEqual(beforeProgress(['checkout'])[0])
  if (!cart) throw new Error('There are two.')
  return cart
}

const stage = (name: Stage): Untold => ({ event: 'stage', stage: name })
const plan: Plan = {
  id: 'k3f9',
  strategy: 'all-at-once',
  candidate: '4',
  stable: '3',
  held: ['3'],
  steps: [],
  bakeMs: 300_000,
  alarms: ['errors'],
}
const planned: Untold = { event: 'planned', plan, shifts: [], alias }
const published: Untold = { event: 'published', version: '4', description: '' }
const observed: Untold = {
  event: 'observed',
  verdict: { outcome: 'pass', reason: 'errors is OK' },
  alarms: [],
  step: 0,
  steps: 0,
  until: start + 60_000,
}

test('a function waits for its turn until it is heard of', () => {
  expect(after()).toMatchObject({ is: 'waiting', words: 'waiting for its turn', began: undefined })
  expect(after(stage('packaging'), stage('comparing'))).toMatchObject({ is: 'working', began: start })
})

describe('what it does now', () => {
  test.each<[string, Untold[]]>([
    ['packaging', [stage('packaging')]],
    [
      'building with npm',
      [stage('packaging'), { event: 'noted', text: 'building with\nnpm'.replace('\n', ' ') }],
    ],
    [
      'comparing with AWS',
      [stage('packaging'), stage('comparing'), { event: 'noted', text: 'made of one file' }],
    ],
    [
      'packaging: 1200 of 5000 files, 3.0 MB of 9.0 MB',
      [
        stage('packaging'),
        { event: 'packaging', files: 1200, totalFiles: 5000, bytes: 3_000_000, totalBytes: 9_000_000 },
      ],
    ],
    [
      'uploading: 34.0 MB of 80.0 MB',
      [stage('uploading'), { event: 'uploading', bytes: 34_000_000, total: 80_000_000 }],
    ],
    ['uploaded 80.0 MB', [stage('uploading'), { event: 'uploading', bytes: 80_000_000, total: 80_000_000 }]],
    ['waiting for AWS', [stage('uploading'), { event: 'code-updated' }, stage('updating')]],
    ['published version 4', [stage('publishing'), published]],
    ['trying version 4', [published, planned, stage('trying')]],
    [
      'warming version 4: 2 of 5 environments ready',
      [published, { event: 'warming', version: '4', available: 2, requested: 5 }],
    ],
    [
      'hook before-shift runs',
      [stage('shifting'), { event: 'hook', hook: 'before-shift', state: 'started' }],
    ],
  ])('%s', (words, events) => {
    expect(after(...events)).toMatchObject({ is: 'working', words, ended: undefined })
  })
})

test('one that is published waits for the others', () => {
  expect(after(stage('publishing'), published, planned, stage('waiting'))).toMatchObject({
    is: 'waiting',
    words: 'version 4 waits for the others',
  })
})

describe('with traffic it bakes', () => {
  const shifted: Untold = { event: 'shifted', alias, version: '4', step: 0, steps: 0 }
  test('and says where the alias is, and how long the step takes', () => {
    expect(after(shifted)).toMatchObject({ is: 'baking', words: 'live is on version 4', until: undefined })
    expect(after(shifted, observed)).toMatchObject({ is: 'baking', words: 'baking', until: start + 60_000 })
  })

  test('in a step before 100%', () => {
    const weight = { version: '4', percent: 10 }
    const step: Untold = { ...shifted, version: '3', weight, step: 1, steps: 2 }
    expect(after(step)).toMatchObject({ words: 'live: 10% on version 4' })
    expect(after(step, { ...observed, step: 1, steps: 2 })).toMatchObject({ words: 'step 1 of 2' })
  })

  test('and says why, where its gates do not pass', () => {
    const verdict = { outcome: 'inconclusive', reason: 'no\ndata' } as const
    expect(after(shifted, { ...observed, verdict })).toMatchObject({
      words: 'baking, gate inconclusive: no data',
    })
  })
})

describe('at its end', () => {
  test.each<[Progress['is'], string, Untold[]]>([
    ['done', 'live is on version 4', [{ event: 'done', alias, version: '4', previous: '3' }]],
    ['done', 'nothing to do, live is on version 3', [{ event: 'unchanged', version: '3', alias }]],
    ['done', 'version 4 stays unused', [stage('waiting'), { event: 'unused', version: '4', alias }]],
    ['failed', 'paused: no data', [{ event: 'paused', alias, reason: 'no data' }]],
    [
      'failed',
      'rolled back to version 3: errors fires',
      [
        { event: 'rolled-back', alias, version: '3', reason: 'errors fires' },
        { event: 'failed', code: 'ROLLED_BACK', message: 'Alias live is back.', next: [] },
      ],
    ],
    [
      'failed',
      'failed: no room',
      [{ event: 'failed', code: 'UPDATE_FAILED', message: 'no\nroom', next: [] }],
    ],
    ['done', 'planned', [stage('proving'), planned, stage('ended')]],
    [
      'done',
      'nothing to publish, settings applied',
      [{ event: 'setting', state: 'applied', field: 'retries', from: '2', to: '1' }, stage('ended')],
    ],
    [
      'done',
      'packaged 1 file, 1.2 kB zipped',
      [
        { event: 'packaged', zippedBytes: 1234, unzippedBytes: 5000, files: 1, digest: 'a', bundled: true },
        stage('loading'),
        stage('ended'),
      ],
    ],
  ])('%s: %s', (is, words, events) => {
    expect(after(stage('packaging'), ...events)).toMatchObject({ is, words, until: undefined })
  })

  test('its time stands still', () => {
    const end: Untold = { event: 'unchanged', version: '3', alias }
    expect(after(stage('packaging'), end, stage('ended'))).toMatchObject({
      is: 'done',
      words: 'nothing to do, live is on version 3',
      began: start,
      ended: start + 1000,
    })
  })
})
