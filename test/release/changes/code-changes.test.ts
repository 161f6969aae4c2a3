import { expect, test } from 'vitest'
import { codeChanges } from '../../../src/release/changes/code-changes.ts'

const file = (path: string, sha256: string, size = 10, mode = 0o644) => ({ path, sha256, size, mode })

test('files are added, removed, changed, or become executable; by path, with their sizes', () => {
  const from = [file('same', 'a'), file('run', 'b'), file('old', 'c', 3), file('app', 'd', 4)]
  const to = [file('app', 'e', 5), file('new', 'f', 6), file('run', 'b', 10, 0o755), file('same', 'a')]
  expect(codeChanges(from, to)).toEqual([
    { path: 'app', change: 'changed', from: 4, to: 5 },
    { path: 'new', change: 'added', from: undefined, to: 6 },
    { path: 'old', change: 'removed', from: 3, to: undefined },
    { path: 'run', change: 'executable', from: 10, to: 10 },
  ])
})

test('the order of the files says nothing', () => {
  expect(codeChanges([file('a', 'x'), file('b', 'y')], [file('b', 'y'), file('a', 'x')])).toEqual([])
})
