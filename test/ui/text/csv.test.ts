import { expect, test } from 'vitest'
import { csv } from '../../../src/ui/text/csv.ts'

test('the names of columns are as the query has them', () => {
  expect(csv(['@timestamp', 'a,b'], [['@x', '2026']])).toBe('@timestamp,"a,b"\n\'@x,2026')
})

test('commas, quotes and line ends are quoted, and nothing is a formula', () => {
  const rows = [
    ['a,b', 1, undefined],
    ['say "no"\nnow', -1.5, '=1+1'],
  ]
  expect(csv(['one', 'two', 'three'], rows)).toBe('one,two,three\n"a,b",1,\n"say ""no""\nnow",-1.5,\'=1+1')
})
