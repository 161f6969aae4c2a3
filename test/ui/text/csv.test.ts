import { expect, test } from 'vitest'
import { csv } from '../../../src/ui/text/csv.ts'

test('commas, quotes and line ends are quoted, and nothing is a formula', () => {
  const rows = [
    ['a,b', 1, undefined],
    ['say "no"\nnow', -1.5, '=1+1'],
  ]
  expect(csv(['one', 'two', 'three'], rows)).toBe('one,two,three\n"a,b",1,\n"say ""no""\nnow",-1.5,\'=1+1')
})
