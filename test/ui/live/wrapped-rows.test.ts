import { expect, test } from 'vitest'
import { eraseRowsUp, wrappedRows } from '../../../src/ui/live/wrapped-rows.ts'

const view = ['', 'live v1 ░░░░░░░░██ v2 10%', 'step 1 of 2', ''].join('\n')

test.each([
  [25, 0],
  [24, 1],
  [13, 1],
  [12, 2],
  [11, 2],
  [10, 3],
])(
  'a view whose longest line has 25 characters takes, at %i columns, %i rows more than lines',
  (columns, more) => {
    expect(wrappedRows(view, columns)).toBe(more)
  },
)

test('colours take no room', () => {
  expect(wrappedRows('\u001B[35mv2\u001B[39m', 2)).toBe(0)
})

test('erasing leaves the cursor as many rows higher', () => {
  expect(eraseRowsUp(2)).toBe('\u001B[2K\u001B[1A\u001B[2K\u001B[1A')
  expect(eraseRowsUp(0)).toBe('')
})
