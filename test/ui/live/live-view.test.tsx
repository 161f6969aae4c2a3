import { Box } from 'ink'
import { render } from 'ink-testing-library'
import { expect, test, vi } from 'vitest'
import { beforeProgress, type Progress } from '../../../src/ui/lines/progress.ts'
import { beforeRelease, type CanaryState } from '../../../src/ui/live/canary-state.ts'
import { LiveView } from '../../../src/ui/live/live-view.tsx'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0'))

const now = Date.parse('2026-11-21T10:01:05.900Z')
const began = now - 65_900
const [blank] = beforeProgress(['cart'])
const row = (name: string, change: Partial<Progress>): Progress => {
  if (!blank) throw new Error('There is one.')
  return { ...blank, function: name, began, ...change }
}
const rows = [
  row('cart', { is: 'done', words: 'nothing to do, live is on version 3', ended: began + 1900 }),
  row('checkout', { is: 'working', words: 'packaging: 1200 of 5000 files, 3.0 MB of 9.0 MB' }),
  row('invoices', { is: 'baking', words: 'baking', shifted: now - 50_000, until: now + 250_000 }),
  row('search', { is: 'failed', words: 'failed: no room', ended: began + 9000 }),
  row('stock', { began: undefined }),
]

interface Shown {
  progress?: Progress[]
  canary?: CanaryState
  question?: string
  columns?: number
  height?: number
}

function frame({
  progress = rows,
  canary = beforeRelease,
  question,
  columns = 80,
  height = 24,
}: Shown): string {
  const { lastFrame, unmount } = render(
    <Box width={columns}>
      <LiveView state={{ progress, canary, question }} now={now} columns={columns} rows={height} />
    </Box>,
  )
  const shown = lastFrame() ?? ''
  unmount()
  return shown
}

test('each function has a row: how it stands, since when, and what it does', () => {
  expect(frame({})).toMatchInlineSnapshot(`
    "
    ✔ cart      0:01 nothing to do, live is on version 3
    ● checkout  1:05 packaging: 1200 of 5000 files, 3.0 MB of 9.0 MB
    ◆ invoices  1:05 baking, 4:10 left                          ███░░░░░░░░░░░░░░░░░
    ✖ search    0:09 failed: no room
    · stock          waiting for its turn"
  `)
})

test('60 columns wide, rows have a bar where there is room for it', () => {
  expect(frame({ columns: 60 })).toMatchInlineSnapshot(`
    "
    ✔ cart      0:01 nothing to do, live is on version 3
    ● checkout  1:05 packaging: 1200 of 5000 files, 3.0 MB of 9…
    ◆ invoices  1:05 baking, 4:10 left           ██░░░░░░░░░░░░░
    ✖ search    0:09 failed: no room
    · stock          waiting for its turn"
  `)
})

test('120 columns wide, rows have a wider one', () => {
  expect(frame({ columns: 120 })).toMatchInlineSnapshot(`
    "
    ✔ cart      0:01 nothing to do, live is on version 3
    ● checkout  1:05 packaging: 1200 of 5000 files, 3.0 MB of 9.0 MB
    ◆ invoices  1:05 baking, 4:10 left                                                        █████░░░░░░░░░░░░░░░░░░░░░░░░░
    ✖ search    0:09 failed: no room
    · stock          waiting for its turn"
  `)
})

test('on a narrow terminal rows are cut, and none takes two', () => {
  const shown = frame({ columns: 40 })
  expect(shown).toMatchInlineSnapshot(`
    "
    ✔ cart      0:01 nothing to do, live is…
    ● checkout  1:05 packaging: 1200 of 500…
    ◆ invoices  1:05 baking, 4:10 left
    ✖ search    0:09 failed: no room
    · stock          waiting for its turn"
  `)
  expect(shown.split('\n')).toHaveLength(6)
})

test('rows take half of the height; a question is whole even so', () => {
  const question = 'Interrupted. [p]ause here, [r]oll back, or [g]o on?'
  const shown = frame({ height: 14, columns: 40, question })
  expect(shown).toMatchInlineSnapshot(`
    "
    ● checkout  1:05 packaging: 1200 of 500…
    ◆ invoices  1:05 baking, 4:10 left
    ✖ search    0:09 failed: no room
    … and 2 more: 1 waiting, 1 done
    Interrupted. [p]ause here, [r]oll back,
    or [g]o on?"
  `)
  expect(shown.split('\n').length).toBeLessThanOrEqual(7)
})

test('a long name does not take the room of what the function does', () => {
  const name = 'a-function-whose-name-is-longer-than-any'
  expect(frame({ progress: [row(name, { is: 'working', words: 'uploading' })] })).toMatchInlineSnapshot(`
    "
    ● a-function-whose-name-is-longer…  1:05 uploading"
  `)
})

test('one function alone has a row until its version gets traffic, then its canary', () => {
  const progress = rows.slice(2, 3)
  expect(frame({ progress })).toContain('◆ invoices  1:05 baking, 4:10 left')
  const canary: CanaryState = {
    ...beforeRelease,
    alias: 'live',
    percent: 10,
    plan: {
      id: 'k3f9',
      strategy: 'canary',
      candidate: '4',
      stable: '3',
      held: ['3'],
      steps: [],
      bakeMs: 0,
      alarms: [],
    },
  }
  expect(frame({ progress, canary })).toMatch(/live v3 ░+█+ v4 10%/)
  expect(frame({ canary })).toContain('● checkout  1:05 packaging')
})
