import { expect, test } from 'vitest'
import type { ShownLine } from '../../../../src/logs/model/shown-line.ts'
import { copyToTerminal } from '../../../../src/ui/live/logs/copy.ts'
import { keysIn } from '../../../../src/ui/live/logs/keys/typed-keys.ts'
import { withLines } from '../../../../src/ui/live/logs/model/buffer.ts'
import type { LogsView } from '../../../../src/ui/live/logs/model/logs-view.ts'
import { reduce } from '../../../../src/ui/live/logs/reduce.ts'
import type { Notice } from '../../../../src/workflows/logs/notice.ts'
import { loose, press, request, requestId, start, viewOf, wholeTail } from './a-view.ts'
import { frame } from './frame.ts'

const failing = [
  request(1),
  request(2, { failure: 'no' }),
  request(3),
  request(4, { failure: 'no' }),
  request(5),
]
const chosen = ({ paused }: LogsView) => paused?.cursor.key.split('-')[0]
const add = (view: LogsView, lines: readonly ShownLine[]) => reduce(view, { is: 'lines', lines, at: start })

test('lines of one request are one block, whatever comes between them', () => {
  const [one, other] = [request(1), request(2)]
  const mixed = one.flatMap((line, index) => [line, ...other.slice(index, index + 1)])
  expect(viewOf([mixed]).buffer.blocks.size).toBe(2)
})

test('a late line goes to its place in its request', () => {
  const lines = request(1, { logs: [{ message: 'first' }, { message: 'second' }] })
  const [late] = lines.splice(1, 1)
  const rows = frame(viewOf([lines, late ? [late] : []]))
  expect(rows.indexOf('first')).toBeLessThan(rows.indexOf('second'))
  expect(rows.indexOf('first')).toBeGreaterThan(-1)
})

test('the oldest blocks make room, by lines and by characters', () => {
  const limits = { lines: 3, characters: 1000, linesOfBlock: 2 }
  const four = [1, 2, 3, 4].map((number) => loose(`line ${number}`))
  const { blocks, lines } = withLines(viewOf([]).buffer, four, limits)
  expect(Array.from(blocks.values(), (block) => block.lines[0]?.text)).toEqual(['line 2', 'line 3', 'line 4'])
  expect(lines).toBe(3)
  const long = withLines({ blocks, lines, characters: 18 }, [loose('x'.repeat(990))], limits)
  expect(long.blocks.size).toBe(2)
  expect(long.characters).toBe(996)
})

test('a request without an end keeps its newest lines', () => {
  const limits = { lines: 100, characters: 1000, linesOfBlock: 2 }
  const { blocks, lines } = withLines(viewOf([]).buffer, request(1), limits)
  expect(Array.from(blocks.values(), (block) => block.lines.length)).toEqual([2])
  expect(lines).toBe(2)
})

test('paused, the screen stands still and tells how many lines have come', () => {
  const paused = press(viewOf([request(1)]), 'space')
  const later = add(paused, request(2))
  expect(frame(later)).toContain('paused, 1 new')
  expect(frame(later)).not.toContain('00000002')
  expect(frame(press(later, 'space'))).toContain('00000002')
})

test('arrows choose requests, and pause', () => {
  const view = viewOf(failing)
  expect(chosen(press(view, 'up'))).toBe('00000004')
  expect(chosen(press(view, 'up', 'up', 'down', 'down', 'down'))).toBe('00000005')
  expect(chosen(press(view, 'g'))).toBe('00000001')
  expect(press(view, 'g', 'G').paused).toBeUndefined()
})

test('a request that is higher than the screen is read in halves of the screen', () => {
  const logs = Array.from({ length: 30 }, (_, index) => ({ message: `row ${index}` }))
  const view = press(viewOf([request(1), request(2, { logs }), request(3)], { columns: 80, rows: 14 }), 'up')
  expect(frame(view)).toContain('row 0')
  const inside = press(view, 'down', 'down')
  expect(chosen(inside)).toBe('00000002')
  expect(frame(inside)).toContain('row 12')
  expect(chosen(press(inside, 'down', 'down', 'down', 'down'))).toBe('00000003')
})

test('e goes to the next failed request, from the last one to the first', () => {
  const view = press(viewOf(failing), 'e')
  expect(chosen(view)).toBe('00000004')
  expect(chosen(press(view, 'e'))).toBe('00000002')
  expect(chosen(press(view, 'e', 'e'))).toBe('00000004')
  expect(chosen(press(view, 'E'))).toBe('00000002')
})

test('e finds the failures that came while the view was paused', () => {
  const view = add(press(viewOf(failing), 'e'), request(6, { failure: 'no' }))
  expect(chosen(press(view, 'e'))).toBe('00000006')
})

test('e goes to the newest failed request also where the view was paused behind it', () => {
  expect(chosen(press(viewOf(failing), ' ', 'e'))).toBe(chosen(press(viewOf(failing), 'e')))
})

test('e stays where it is if nothing failed', () => {
  expect(press(viewOf([request(1)]), 'e').paused).toBeUndefined()
})

test('a filter applies as it is typed: a text, or a condition once it can be read', () => {
  const view = viewOf([
    request(1, { logs: [{ message: 'apples', total: 3 }] }),
    request(2, { logs: [{ message: 'Pears', total: 300 }] }),
  ])
  expect(frame(press(view, '/', ...keysIn('pear')))).not.toContain('apples')
  expect(frame(press(view, '/', ...keysIn('pear')))).toContain('Pears')
  expect(frame(press(view, '/', ...keysIn('total>')))).toContain('apples')
  expect(frame(press(view, '/', ...keysIn('total>100')))).not.toContain('apples')
  expect(frame(press(view, '/', ...keysIn('total>100'), 'enter'))).not.toContain('apples')
  expect(frame(press(view, '/', ...keysIn('total>100'), 'escape'))).toContain('apples')
  expect(press(view, '/', 'a', 'space', 'b', 'backspace', 'up').typing?.text).toBe('a ')
  expect(press(view, '/', ...keysIn('q?')).hasLeft).toBe(false)
})

test('a text in quotes is searched for, also if it looks like a condition', () => {
  const view = viewOf([
    request(1, { logs: [{ message: 'paid total=300' }, { message: 'apples', total: 300 }] }),
  ])
  expect(frame(press(view, '/', ...keysIn('"Total=3"')))).toMatch(/paid/)
  expect(frame(press(view, '/', ...keysIn('"Total=3"')))).not.toContain('apples')
})

test("a filter that can't be read keeps the one before it, and Enter does not keep it", () => {
  const view = viewOf([request(1, { logs: [{ message: 'apples' }, { message: 'pears' }] })])
  const former = press(view, '/', ...keysIn('pear'), 'enter')
  const wrong = press(former, '/', 'ctrl-u', ...keysIn('level>=loud'), 'enter')
  expect(frame(wrong)).not.toContain('apples')
  expect(frame(wrong)).toContain('/level>=loud▏\n        ^ expected a level such as warn')
  expect(press(wrong, 'ctrl-u', ...keysIn('level>=info'), 'enter').typing).toBeUndefined()
})

test('level keys leave out the lines below; a line without a level counts as info', () => {
  const logs = [
    { level: 'INFO', message: 'calm' },
    { level: 'WARN', message: 'careful' },
    { message: 'nothing' },
  ]
  const view = viewOf([request(1, { logs })])
  expect(frame(press(view, '4'))).toContain('careful')
  expect(frame(press(view, '4'))).not.toMatch(/calm|nothing/)
  expect(frame(press(view, '4', '0'))).toMatch(/calm[^]*nothing/)
  expect(frame(press(view, '6'))).not.toContain('careful')
})

test('one function alone, one left out, and all again', () => {
  const view = viewOf([request(1, { function: 'orders' }), request(2)])
  expect(frame(press(view, 's'))).not.toContain('00000001')
  expect(frame(press(view, 's', 's'))).toContain('00000001')
  expect(frame(press(view, 'm'))).not.toContain('00000002')
  expect(frame(press(view, 'm', 'm'))).not.toContain('00000001')
  expect(frame(press(view, 'm', 'm', 'a'))).toMatch(/00000001[^]*00000002/)
})

test('a request is folded to a row and opened; the view pauses there', () => {
  const view = viewOf([request(1)])
  expect(frame(press(view, 'enter'))).toContain('1 line folded')
  expect(press(view, 'enter').paused).toBeDefined()
  expect(frame(press(view, 'enter', 'enter'))).not.toContain('folded')
  expect(frame(press(view, 'left', 'left'))).toContain('folded')
  expect(frame(press(view, 'f', 'right'))).not.toContain('folded')
})

test('y copies the request id, each time it is pressed', () => {
  const view = viewOf(failing)
  expect(press(view, 'y').copied).toEqual({ id: requestId(5), times: 1 })
  expect(press(view, 'e', 'y', 'y').copied).toEqual({ id: requestId(4), times: 2 })
  expect(press(viewOf([[loose('no request')]]), 'y').copied).toBeUndefined()
  expect(copyToTerminal('ab')).toBe('\u001B]52;c;YWI=\u0007')
})

test('c clears, and the next lines are shown', () => {
  const cleared = press(viewOf(failing), 'e', 'c')
  expect(frame(cleared)).not.toContain('0000000')
  expect(frame(add(cleared, request(6)))).toContain('00000006')
})

test('the help is left by any key', () => {
  expect(press(viewOf(failing), '?', 'e').isHelpOpen).toBe(false)
  expect(press(viewOf(failing), '?', 'e').paused).toBeUndefined()
  expect(press(viewOf(failing), '?', 'q').hasLeft).toBe(true)
})

test('q leaves', () => {
  expect(press(viewOf(failing), 'q').hasLeft).toBe(true)
})

test('of lines that a filter of the command chose, no request is said to run', () => {
  const tail = { ...wholeTail, isFiltered: true }
  const view = viewOf([request(1, { hasEnded: false })], undefined, tail)
  expect(frame(view)).toContain('v4 00000001')
  expect(frame(view)).not.toContain('running')
})

test('the rate goes down and nothing is behind when no lines come', () => {
  const view = reduce(viewOf([]), {
    is: 'lines',
    lines: [...request(1), ...request(1, { logs: Array.from({ length: 9 }, () => ({ message: 'x' })) })],
    at: start + 11_000,
  })
  expect(frame(view)).toContain('behind by 10 s · checkout · 2 lines/s')
  const quiet = reduce(view, { is: 'tick', at: start + 17_000 })
  expect(frame(quiet)).toContain(' 0 lines/s')
  expect(frame(quiet)).not.toContain('behind')
})

test('a notice stays for half a minute', () => {
  const denied = { notice: 'denied', group: '/shop', reason: 'no', next: [] } as const
  const view = reduce(viewOf([]), {
    is: 'notice',
    notice: denied,
    text: 'left out:\n  → allow it',
    at: start,
  })
  expect(frame(view)).toMatch(/1 group not permitted[^]*left out:\n→ allow it/)
  const later = reduce(view, { is: 'tick', at: start + 30_000 })
  expect(frame(later)).toContain('1 group not permitted')
  expect(frame(later)).not.toContain('left out')
})

const throttled = {
  notice: 'retrying',
  group: '/shop',
  reason: 'Could not read: Rate exceeded (ThrottlingException)',
  next: [],
} as const

test('throttling is told, with the time by which the tail is behind, until AWS answers', () => {
  const asked = reduce(viewOf([]), { is: 'notice', notice: throttled, text: 'trying again', at: start })
  const waiting = reduce(asked, { is: 'tick', at: start + 40_000 })
  expect(frame(waiting)).toMatch(/throttled · behind by 40 s[^]*trying again/)
  const resumed = { notice: 'resumed', group: '/shop', from: start, to: start + 41_000 } as const
  const goesOn = reduce(waiting, { is: 'notice', notice: resumed, text: 'answers again', at: start + 41_000 })
  const later = reduce(goesOn, { is: 'tick', at: start + 42_000 })
  expect(frame(later)).toContain('answers again')
  expect(frame(later)).not.toMatch(/throttled|behind/)
})

test('a group that is not read any more has no answer to wait for', () => {
  const asked = reduce(viewOf([]), { is: 'notice', notice: throttled, text: 'trying again', at: start })
  const after = (notice: Notice) => frame(reduce(asked, { is: 'notice', notice, text: '', at: start }))
  expect(after({ notice: 'waiting-for-group', group: '/shop' })).not.toContain('throttled')
  expect(after({ notice: 'denied', group: '/shop', reason: 'no', next: [] })).not.toContain('throttled')
  expect(after({ notice: 'waiting-for-group', group: '/pay' })).toContain('throttled')
})

test('an answer that does not come is no throttling', () => {
  const notice = { ...throttled, reason: 'Could not read: it ended (ECONNRESET)' }
  expect(frame(reduce(viewOf([]), { is: 'notice', notice, text: 'again', at: start }))).toContain('no answer')
})

test('a gap is told instead of "0 missing"', () => {
  const notice = { notice: 'gap', group: '/shop', from: start, to: start, reason: 'deleted' } as const
  expect(frame(viewOf([]))).toContain('0 missing')
  const view = reduce(viewOf([]), { is: 'notice', notice, text: 'lost', at: start })
  expect(frame(view)).toContain('lines missing in 1 gap')
  expect(frame(view)).not.toContain('0 missing')
})

test('the status tells what Live Tail left out and polling gave', () => {
  const requests = { requests: 0, failed: 0, canary: [] }
  const size = { columns: 120, rows: 14 }
  const live = { is: 'counted', requests, live: { given: 3000, recovered: 1412 } } as const
  const view = reduce(viewOf([], size), live)
  expect(frame(view)).toContain('Live Tail, recovered 1,412')
  const told = (notice: Notice) => frame(reduce(view, { is: 'notice', notice, text: '', at: start }))
  expect(told({ notice: 'live-sampled', groups: [] })).toContain('Live Tail sampled, recovered 1,412')
  expect(told({ notice: 'live-off', groups: [], reason: '', next: [] })).not.toContain('Live Tail')
  expect(frame(viewOf([], size))).not.toContain('Live Tail')
})

test('keys that come at once are told apart; unknown ones are left out', () => {
  expect(keysIn('a\u001B[A\u001B[5~\r \u001B')).toEqual(['a', 'up', 'page-up', 'enter', 'space', 'escape'])
  expect(keysIn('ä支\u001B[200~\u0007')).toEqual(['ä', '支'])
})
