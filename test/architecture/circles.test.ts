import { join } from 'node:path'
import { expect, test } from 'vitest'
import { circles } from './circles.ts'
import { withPlanted } from './planted.ts'

test('no file of the real tree imports itself by way of others', () => {
  expect(circles(join(import.meta.dirname, '../..'))).toEqual([])
})

test('a circle is told once, with all its files', () => {
  const files = {
    'src/logs/a.ts': "import type { B } from './b.ts'\nexport type A = B\n",
    'src/logs/b.ts': "export type { C as B } from './deep/c.ts'\n",
    'src/logs/deep/c.ts': "export type C = import('../a.ts').A\n",
    'src/logs/d.ts': "import { type A } from './a.ts'\nexport type D = A\n",
    'src/ui/e.ts': "export const e = () => import('./f.ts')\n",
    'src/ui/f.ts': "export { e } from './e.ts'\n",
  }
  expect(withPlanted(files, circles)).toEqual([
    ['src/logs/a.ts', 'src/logs/b.ts', 'src/logs/deep/c.ts'],
    ['src/ui/e.ts', 'src/ui/f.ts'],
  ])
})
