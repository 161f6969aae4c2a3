import { expect, test } from 'vitest'
import { beforeProgress, type Progress } from '../../../src/ui/lines/progress.ts'
import { shownProgress } from '../../../src/ui/live/shown-progress.ts'

const standings: Progress['is'][] = ['done', 'waiting', 'working', 'failed', 'done', 'baking']
const all = beforeProgress(['a', 'b', 'c', 'd', 'e', 'f']).map((one, index) => ({
  ...one,
  is: standings[index] ?? 'waiting',
}))
const shown = (room: number) => {
  const { rows, rest } = shownProgress(all, room)
  return [rows.map((one) => one.function).join(''), rest]
}

test('all are shown where there is room', () => {
  expect(shown(6)).toEqual(['abcdef', undefined])
})

test('otherwise those that failed or work, in their order; the others are summed up', () => {
  expect(shown(5)).toEqual(['bcdf', '… and 2 more: 2 done'])
  expect(shown(3)).toEqual(['cd', '… and 4 more: 1 baking, 1 waiting, 2 done'])
})

test('on a tiny terminal there is only the sum', () => {
  expect(shown(1)).toEqual(['', '… and 6 more: 1 failed, 1 working, 1 baking, 1 waiting, 2 done'])
})
