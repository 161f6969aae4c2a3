import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type LogsScreen, showLogs } from '../../../../src/ui/live/logs/show-logs.ts'
import { request, requestId, start, wholeTail } from './a-view.ts'
import { FakeTerminal } from './fake-terminal.ts'

const otherScreen = '\u001B[?1049h'
const ownScreen = '\u001B[?1049l'

function shown(given: Partial<LogsScreen> = {}) {
  const terminal = new FakeTerminal()
  const view = showLogs({
    terminal: terminal as unknown as LogsScreen['terminal'],
    safe: (row) => row,
    clock: () => start,
    tail: wholeTail,
    onLeave: () => undefined,
    ...given,
  })
  onTestFinished(() => view.end())
  const comes = (text: string) => vi.waitFor(() => expect(terminal.written).toContain(text))
  return { terminal, view, comes }
}

test('lines are drawn on the other screen, and the end restores the own one', async () => {
  const { terminal, view, comes } = shown()
  view.see(request(1))
  await comes('00000001')
  expect(terminal.written).toContain(otherScreen)
  expect(terminal.written).not.toContain(ownScreen)
  await view.end()
  expect(terminal.written).toContain(ownScreen)
  const { length } = terminal.written
  view.see(request(2))
  await sleep(100)
  expect(terminal.written).toHaveLength(length)
})

test('a thousand batches are a few drawings', async () => {
  const { terminal, view, comes } = shown()
  for (let number = 1; number <= 1000; number += 1) view.see(request(number))
  await comes('1000 requests, 0 failed')
  expect(terminal.written.split('following').length).toBeLessThan(10)
})

test('a request id is copied by the sequence for it', async () => {
  const { terminal, view, comes } = shown()
  view.see(request(1))
  view.type('y')
  await comes(`\u001B]52;c;${Buffer.from(requestId(1)).toString('base64')}\u0007`)
  await comes(`copied ${requestId(1)}`)
  expect(terminal.written.split(']52;')).toHaveLength(2)
})

test('q leaves once', () => {
  const onLeave = vi.fn<() => void>()
  shown({ onLeave }).view.type('qq')
  expect(onLeave).toHaveBeenCalledTimes(1)
})

test('the view takes the size that the terminal gets', async () => {
  const { terminal, view, comes } = shown()
  view.see(request(1, { logs: [{ level: 'INFO', message: `${'wide '.repeat(20)}end` }] }))
  await comes('wide wide')
  expect(terminal.written).not.toContain(`${'wide '.repeat(20)}end`)
  terminal.columns = 200
  terminal.emit('resize')
  await comes(`${'wide '.repeat(20)}end`)
})

test('rows are made safe before they are drawn', async () => {
  const { terminal, view, comes } = shown({ safe: (row) => row.replaceAll('hunter2', '***') })
  view.see(request(1, { logs: [{ level: 'INFO', message: 'password hunter2' }] }))
  await comes('password ***')
  expect(terminal.written).not.toContain('hunter2')
})

test('control sequences of a log do not reach the terminal', async () => {
  const { terminal, view, comes } = shown()
  view.see(request(1, { logs: [{ level: 'INFO', message: 'a\u001B]0;title\u0007b\u001B[2Jc' }] }))
  await comes('abc')
  expect(terminal.written).not.toContain('title')
})

test('the terminal is given back for a while, and taken again with the lines of meanwhile', async () => {
  const { terminal, view, comes } = shown()
  view.see(request(1))
  await comes('00000001')
  const takeAgain = view.suspend()
  expect(terminal.written).toContain(ownScreen)
  const { length } = terminal.written
  view.see(request(2))
  await sleep(100)
  expect(terminal.written).toHaveLength(length)
  takeAgain()
  await comes('00000002')
  expect(terminal.written.slice(length)).toContain(otherScreen)
})

test('the end of a view that is suspended takes nothing again', async () => {
  const { terminal, view, comes } = shown()
  view.see(request(1))
  await comes('00000001')
  const takeAgain = view.suspend()
  await view.end()
  const { length } = terminal.written
  takeAgain()
  expect(terminal.written).toHaveLength(length)
})

test('Ctrl-L draws the whole screen again, other drawings only the rows that change', async () => {
  const { terminal, view, comes } = shown()
  view.see(request(1))
  await comes('00000001')
  const { length } = terminal.written
  const later = () => terminal.written.slice(length)
  view.type('/')
  await comes('Enter keeps')
  expect(later()).not.toContain('00000001')
  view.type('\u000C')
  await vi.waitFor(() => expect(later()).toContain('00000001'))
})
