import { describe, expect, test } from 'vitest'
import { largestShares, requireUploadable, requireWithin } from '../../../src/packaging/model/limits.ts'

describe('largestShares', () => {
  test('adds files up by dependency and by folder at the top, largest first', () => {
    const shares = largestShares([
      { path: 'index.js', size: 1 },
      { path: 'lib/a/b.js', size: 10 },
      { path: 'lib/c.js', size: 10 },
      { path: 'node_modules/left/index.js', size: 30 },
      { path: 'node_modules/@scope/right/lib/index.js', size: 50 },
      { path: '../../node_modules/left/more.js', size: 5 },
    ])
    expect(shares).toEqual([
      { path: 'node_modules/@scope/right', bytes: 50 },
      { path: 'node_modules/left', bytes: 35 },
      { path: 'lib', bytes: 20 },
      { path: 'index.js', bytes: 1 },
    ])
  })

  test('names five at most', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ path: `file-${index}`, size: 1 }))
    expect(largestShares(many).map(({ path }) => path)).toEqual([
      'file-0',
      'file-1',
      'file-2',
      'file-3',
      'file-4',
    ])
  })
})

describe('requireWithin', () => {
  test.each([
    ['zipped', 52_428_800],
    ['unzipped', 262_144_000],
  ] as const)('takes %s packages of %i bytes and no byte more', (kind, limit) => {
    expect(() => requireWithin(kind, limit, [])).not.toThrow()
    expect(() => requireWithin(kind, limit + 1, [])).toThrow(`The package is too large ${kind}`)
  })

  test('a bucket takes what a request does not', () => {
    const large = { zippedBytes: 52_428_801, largest: [] }
    expect(() => requireUploadable(large, true)).not.toThrow()
    expect(() => requireUploadable(large, false)).toThrow('expected at most 50 MiB, got 50.1 MiB')
  })

  test('says how much too large and what is largest', () => {
    const largest = [{ path: 'node_modules/big', bytes: 41_943_040 }]
    expect(() => requireWithin('zipped', 62_914_560, largest)).toThrow(
      'The package is too large zipped: expected at most 50 MiB, got 60 MiB. Largest: node_modules/big (40 MiB).',
    )
  })
})
