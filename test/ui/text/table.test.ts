import chalk from 'chalk'
import stringWidth from 'string-width'
import { expect, test, vi } from 'vitest'
import { type Column, table } from '../../../src/ui/text/table.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '1'))

const columns: readonly Column[] = [{ align: 'right' }, { least: 8 }, {}, { wraps: true }]
const rows = [
  ['9', 'größe-日本語-errors', 'OK', 'it had no data for the last five minutes, so nobody knows'],
  ['10', 'slow-e\u0301', 'ALARM', '5 errors in 10 s, limit 2'],
]

test('columns stand below each other by the width of their characters, not by how many there are', () => {
  const lines = table(rows, columns, { width: Number.POSITIVE_INFINITY })
  expect(lines).toEqual([
    '   9  größe-日本語-errors  OK     it had no data for the last five minutes, so nobody knows',
    '  10  slow-e\u0301               ALARM  5 errors in 10 s, limit 2',
  ])
})

test('sentences go on below, in their column', () => {
  expect(table(rows, columns, { width: 72 })).toEqual([
    '   9  größe-日本語-errors  OK     it had no data for the last five',
    '                                  minutes, so nobody knows',
    '  10  slow-e\u0301               ALARM  5 errors in 10 s, limit 2',
  ])
})

test.each([20, 30, 40, 50, 60, 70, 80, 100])('no line is wider than %i columns', (width) => {
  for (const line of table(rows, columns, { width })) {
    expect(stringWidth(line)).toBeLessThanOrEqual(width)
    expect(line).toBe(line.trimEnd())
  }
})

test('a long name is cut where there is no room, a path at its start', () => {
  const paths = [['1.2 MB', 'node_modules/@aws-sdk/client-lambda/dist/index.js']]
  const keeps = [{}, { least: 10, keeps: 'end' }] as const
  expect(table(paths, keeps, { width: 30 })).toEqual(['  1.2 MB  …/dist/index.js'])
})

test('what has no room in the line goes on in a second one, whole columns only', () => {
  const fixed = [['2026-11-21', 'k3f9q2ab', 'rolled-back']]
  expect(table(fixed, [{}, {}, {}], { width: 30 })).toEqual(['  2026-11-21  k3f9q2ab', '    rolled-back'])
})

test('columns that have nothing are left out, and colours take no room', () => {
  const coloured = [
    [chalk.red('one'), '', 'a'],
    ['three', '', 'b'],
  ]
  expect(table(coloured, [{}, {}, {}], { width: 40 })).toEqual([`  ${chalk.red('one')}    a`, '  three  b'])
})
