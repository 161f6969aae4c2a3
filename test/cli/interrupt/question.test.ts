import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { answerOf, askOnInterrupt } from '../../../src/cli/interrupt/question.ts'

describe('what is typed', () => {
  test.each([
    ['p', 'pause'],
    ['P', 'pause'],
    ['r', 'roll-back'],
    ['d', 'detach'],
    ['g', 'go-on'],
    ['g\r', 'go-on'],
    ['\u001B', 'go-on'],
    ['\u0003', 'roll-back'],
    ['\u0003\u0003', 'roll-back'],
    ['p\u0003', 'roll-back'],
  ])('%j answers: %s', (typed, answer) => {
    expect(answerOf(typed)).toBe(answer)
  })

  test.each(['', '\r', ' ', 'q', 'y', '\u0004', '\u001B[A', '\u001Bp', 'pr', 'please', 'constructor'])(
    '%j is no answer',
    (typed) => {
      expect(answerOf(typed)).toBeUndefined()
    },
  )
})

describe('the question', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  /** A question on a keyboard of memory, with all that it did to its surroundings. */
  function ask() {
    const did: string[] = []
    const keyboard = Object.assign(new PassThrough(), {
      setRawMode: (raw: boolean) => did.push(raw ? 'raw' : 'line by line'),
    })
    const asked = {
      keyboard,
      show: () => did.push('shown'),
      hide: () => did.push('hidden'),
    }
    const question = askOnInterrupt(asked, (answer) => did.push(answer))
    const type = async (typed: string) => {
      keyboard.write(typed)
      await new Promise(setImmediate)
    }
    return { did, keyboard, question, type }
  }

  test('is answered by one key, once, and gives the keyboard back first', async () => {
    const { did, keyboard, type } = ask()
    vi.advanceTimersByTime(100)
    await type('x')
    await type('p')
    await type('r')
    expect(did).toEqual(['raw', 'shown', 'line by line', 'hidden', 'pause'])
    expect(keyboard.isPaused()).toBe(true)
    expect(keyboard.listenerCount('data')).toBe(0)
  })

  test('does not take for an answer what was typed before it could be seen', async () => {
    const { did, type } = ask()
    await type('p')
    vi.advanceTimersByTime(99)
    await type('r')
    expect(did).toEqual(['raw'])
    vi.advanceTimersByTime(1)
    await type('g')
    expect(did).toEqual(['raw', 'shown', 'line by line', 'hidden', 'go-on'])
  })

  test('is answered by a second Ctrl-C however soon', async () => {
    const { did, type } = ask()
    await type('\u0003')
    vi.advanceTimersByTime(1000)
    expect(did).toEqual(['raw', 'line by line', 'hidden', 'roll-back'])
  })

  test('is gone without an answer when nothing is left to decide', async () => {
    const { did, question, type } = ask()
    vi.advanceTimersByTime(100)
    question[Symbol.dispose]()
    await type('p')
    expect(did).toEqual(['raw', 'shown', 'line by line', 'hidden'])
  })

  test.each([
    ['ends', (keyboard: PassThrough) => void keyboard.end()],
    ['fails', (keyboard: PassThrough) => void keyboard.destroy(new Error('EIO'))],
  ])('rolls back when the keyboard %s', async (_, go) => {
    const { did, keyboard } = ask()
    go(keyboard)
    await new Promise(setImmediate)
    expect(did).toEqual(['raw', 'line by line', 'hidden', 'roll-back'])
  })
})
