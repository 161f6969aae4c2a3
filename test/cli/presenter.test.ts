import { PassThrough } from 'node:stream'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { livePresenter } from '../../src/cli/run/presenter.ts'
import type { ReleaseEvent } from '../../src/release/history/event.ts'
import { narrator } from '../../src/ui/lines/narrator.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0'))
// ink draws nothing in a CI before the end.
vi.hoisted(() => vi.stubEnv('CI', 'false'))

// It is imported late.
beforeAll(() => import('../../src/ui/live/show-releases.tsx'))
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A presenter on a terminal that keeps what is written to it, and the lines that are told beside it. */
function presented(functions = ['cart', 'checkout'], inDetail = false) {
  const written: string[] = []
  const lines: string[] = []
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 120, rows: 24 })
  terminal.on('data', (text) => written.push(String(text)))
  const write = (line: string) => void lines.push(line.replace(/^\d\S+ \d\S+ /, ''))
  const presenter = livePresenter(terminal, { functions, inDetail, write, narrator })
  const tell = (event: ReleaseEvent) => presenter.tell({ time: Date.now(), ...event })
  return { presenter, tell, lines, screen: () => written.join('') }
}

/** For a machine that has other things to do. */
const patience = { timeout: 20_000 }

const packaging: ReleaseEvent = { function: 'cart', event: 'stage', stage: 'packaging' }
const published: ReleaseEvent = { function: 'cart', event: 'published', version: '4', description: '' }
const unchanged: ReleaseEvent = { function: 'cart', event: 'unchanged', version: '3', alias: 'live' }
const nothing = 'cart  nothing to deploy: live is on version 3 with exactly this content and configuration'

test('what is over within a second is told in lines, and no view is loaded', async () => {
  const { presenter, tell, lines, screen } = presented()
  tell(packaging)
  tell(unchanged)
  await vi.advanceTimersByTimeAsync(999)
  await presenter.end?.()
  await vi.advanceTimersByTimeAsync(5000)
  expect(lines).toEqual([nothing])
  expect(screen()).toBe('')
})

test('what takes longer has rows, also of what was told before', async () => {
  const { presenter, tell, lines, screen } = presented()
  tell(packaging)
  await vi.advanceTimersByTimeAsync(1000)
  await vi.waitFor(() => expect(screen()).toMatch(/● cart {6}0:01 packaging/), patience)
  tell(unchanged)
  await vi.advanceTimersByTimeAsync(300)
  expect(screen()).toContain(nothing)
  expect(lines).toEqual([])
  const ended = presenter.end?.()
  await vi.advanceTimersByTimeAsync(300)
  await ended
})

test('the steps of several functions have rows alone, unless details are wanted', async () => {
  for (const [functions, inDetail, told] of [
    [['cart', 'checkout'], false, []],
    [['cart', 'checkout'], true, ['cart  published version 4']],
    [['cart'], false, ['cart  published version 4']],
  ] as const) {
    const { presenter, tell, lines } = presented([...functions], inDetail)
    tell(published)
    await presenter.end?.()
    expect(lines).toEqual(told)
  }
})

test('a question that was asked before there is a view is asked in it, and goes away with its answer', async () => {
  const { presenter, tell, lines, screen } = presented()
  tell(packaging)
  presenter.question?.show('Go on?')
  expect(lines).toEqual(['Go on?'])
  await vi.advanceTimersByTimeAsync(1000)
  await vi.waitFor(() => expect(screen()).toContain('Go on?'), patience)
  const before = screen().length
  presenter.question?.hide('go-on')
  await vi.advanceTimersByTimeAsync(600)
  expect(screen().slice(before)).toContain('packaging')
  expect(screen().slice(before)).not.toContain('Go on?')
  const ended = presenter.end?.()
  await vi.advanceTimersByTimeAsync(300)
  await ended
})
