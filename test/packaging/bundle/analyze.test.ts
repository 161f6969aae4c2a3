import { describe, expect, test } from 'vitest'
import { analyze, type PartSize } from '../../../src/packaging/bundle/analyze.ts'

/** `path bytes`, indented by depth. */
function lines(sizes: readonly PartSize[], depth = 0): string[] {
  return sizes.flatMap(({ path, bytes, parts = [] }) => [
    `${'  '.repeat(depth)}${path} ${bytes}`,
    ...lines(parts, depth + 1),
  ])
}

describe('the sizes of parts', () => {
  test('is told by folders down to files, heaviest first', () => {
    const sizes = analyze([
      { path: 'index.py', size: 5 },
      { path: 'lib/a/one.py', size: 20 },
      { path: 'lib/two.py', size: 30 },
    ])
    expect(lines(sizes)).toEqual([
      'lib 50',
      '  lib/two.py 30',
      '  lib/a 20',
      '    lib/a/one.py 20',
      'index.py 5',
    ])
    expect(sizes[0]).toMatchObject({ files: 2 })
  })

  test('is told by package in node_modules, nested ones below the one that has them', () => {
    const sizes = analyze([
      { path: 'node_modules/a/lib/x.js', size: 1 },
      { path: 'node_modules/a/y.js', size: 2 },
      { path: 'node_modules/a/node_modules/@s/b/z.js', size: 4 },
      { path: '../../node_modules/c/index.js', size: 3 },
    ])
    expect(lines(sizes)).toEqual([
      'node_modules/a 7',
      '  node_modules/a/node_modules/@s/b 4',
      'node_modules/c 3',
    ])
  })

  test('says by which imports a package came in, by the shortest way', () => {
    const sizes = analyze([
      { path: 'node_modules/a/deep.js', size: 1, because: ['index.ts', 'one.ts', 'two.ts'] },
      { path: 'node_modules/a/index.js', size: 1, because: ['index.ts', 'one.ts'] },
    ])
    expect(sizes).toEqual([{ path: 'node_modules/a', bytes: 2, files: 2, because: ['index.ts', 'one.ts'] }])
  })
})
