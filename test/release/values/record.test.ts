import { describe, expect, test } from 'vitest'
import {
  formatRecord,
  heldAfter,
  inProgress,
  type Phase,
  parseRecord,
  type ReleaseRecord,
  type Strategy,
} from '../../../src/release/values/record.ts'

const since = Date.parse('2026-11-21T10:00:00.000Z')
const record: ReleaseRecord = {
  id: 'k3f9q2ab',
  strategy: 'canary',
  phase: 'shifting',
  step: 1,
  steps: 2,
  candidate: '4',
  held: ['3', '2'],
  since,
}
const phases: Phase[] = ['shifting', 'baking', 'paused', 'done', 'rolled-back']
const strategies: Strategy[] = ['all-at-once', 'canary', 'rollback']

test('a record is a line that a person can read', () => {
  expect(formatRecord({ ...record, reason: 'because' })).toBe(
    'lambdactl canary k3f9q2ab | shifting 1/2 | candidate 4 | held 3 2 | since 2026-11-21T10:00:00.000Z | because',
  )
})

describe('what is written is read back', () => {
  test.each(strategies.flatMap((strategy) => phases.map((phase) => ({ strategy, phase }))))(
    '$strategy, $phase',
    ({ strategy, phase }) => {
      const written = { ...record, strategy, phase, reason: 'alarm checkout-errors is in ALARM (3 > 1)' }
      expect(parseRecord(formatRecord(written))).toEqual(written)
    },
  )

  test.each([
    ['without a reason', record],
    ['before anything held the alias', { ...record, held: [] }],
    ['without steps', { ...record, step: 0, steps: 0 }],
    ['with a bar in the reason', { ...record, reason: 'this | that' }],
    ['with many versions', { ...record, candidate: '100006', held: ['5', '4', '3', '2', '1'] }],
  ])('%s', (_, written) => {
    expect(parseRecord(formatRecord(written))).toEqual(written)
  })

  test('more than five held versions lose the oldest', () => {
    const written = { ...record, held: ['7', '6', '5', '4', '3', '2'] }
    expect(parseRecord(formatRecord(written))?.held).toEqual(['7', '6', '5', '4', '3'])
  })
})

describe('a Description has at most 256 characters', () => {
  test.each([1000, 10_000, 100_000])('with versions from %i on and a long reason', (version) => {
    const text = formatRecord({
      ...record,
      strategy: 'all-at-once',
      phase: 'rolled-back',
      step: 98,
      steps: 99,
      candidate: String(version + 5),
      held: [4, 3, 2, 1, 0].map((below) => String(version + below)),
      reason: 'x'.repeat(1000),
    })
    expect(text).toHaveLength(256)
    expect(text.endsWith('x…')).toBe(true)
    expect(parseRecord(text)?.candidate).toBe(String(version + 5))
  })

  test('a reason that just fits is not cut', () => {
    const room = 256 - formatRecord(record).length - 3
    expect(formatRecord({ ...record, reason: 'x'.repeat(room) })).not.toContain('…')
    expect(formatRecord({ ...record, reason: 'x'.repeat(room + 1) })).toContain('…')
  })

  test('a cut never leaves half a character', () => {
    for (const lead of ['', 'x']) {
      const text = formatRecord({ ...record, reason: lead + '😀'.repeat(200) })
      expect(text.isWellFormed()).toBe(true)
      expect(text.length).toBeLessThanOrEqual(256)
    }
  })
})

test.each([
  ['line breaks', 'one\ntwo\r\nthree', 'one two three'],
  ['Unicode line separators', 'one\u2028two\u2029three', 'one two three'],
  ['control characters', 'one\u0000\u001b[31mtwo\u0085three', 'one [31mtwo three'],
  ['blanks around it', '  one  ', 'one'],
  ['half a character', 'one\ud83d', 'one\ufffd'],
])('a reason is made one line: %s', (_, reason, expected) => {
  expect(parseRecord(formatRecord({ ...record, reason }))?.reason).toBe(expected)
})

test('a reason of control characters alone is none', () => {
  expect(parseRecord(formatRecord({ ...record, reason: '\n\u0000' }))).toEqual(record)
})

const valid = formatRecord(record)

test.each([
  ['nothing', ''],
  ["somebody's words", 'traffic of checkout'],
  ["CodeDeploy's", 'Managed by CodeDeploy'],
  ['another strategy', valid.replace('canary', 'weighted')],
  ['another phase', valid.replace('shifting', 'thinking')],
  ['no time', valid.replace(/since \S+/, 'since yesterday')],
  ['a time that only looks like one', valid.replace(/since \S+/, 'since 5')],
  ['an impossible time', valid.replace('-11-21T', '-13-41T')],
  ['a candidate that is no number', valid.replace('candidate 4', 'candidate $LATEST')],
  ['no held versions', valid.replace('held 3 2', 'held')],
  ['words before it', `see ${valid}`],
  ['words after it', `${valid} and more`],
  ['a second line', `${valid}\nmore`],
  ['upper case', valid.toUpperCase()],
])('a Description that is no record is not read as one: %s', (_, description) => {
  expect(parseRecord(description)).toBeUndefined()
})

test.each([
  ['shifting', true],
  ['baking', true],
  ['paused', true],
  ['done', false],
  ['rolled-back', false],
] as const)('a release that is %s is in progress: %s', (phase, expected) => {
  expect(inProgress({ ...record, phase })).toBe(expected)
})

test('no record is no release in progress', () => {
  expect(inProgress(undefined)).toBe(false)
})

test.each([
  ['a new version goes on top', '4', ['3', '2'], ['4', '3', '2']],
  ['the first version', '1', [], ['1']],
  ['an old one drops what was above it', '2', ['4', '3', '2', '1'], ['2', '1']],
  ['the same again', '4', ['4', '3'], ['4', '3']],
  ['five are kept', '6', ['5', '4', '3', '2', '1'], ['6', '5', '4', '3', '2']],
])('the way back after a version holds everything: %s', (_, version, held, expected) => {
  expect(heldAfter(version, held)).toEqual(expected)
})
