import { join } from 'node:path'
import { expect, test } from 'vitest'
import { floors, fullFolders, mostFiles, wrongFloors } from './floors.ts'
import { withPlanted } from './planted.ts'

const root = join(import.meta.dirname, '../..')

test('the real tree keeps the order of its floors, and no folder is a drawer', () => {
  expect(wrongFloors(root)).toEqual([])
  expect(fullFolders(root)).toEqual([])
})

test.each(Object.entries(floors))(
  'in %s no folder imports a later one, not even its types',
  (room, order) => {
    const [first = ''] = order
    const last = order.at(-1) ?? ''
    const files = {
      [`src/${room}/${first}/a.ts`]: `import type { B } from '../${last}/b.ts'\nexport type A = B\n`,
      [`src/${room}/${last}/b.ts`]: `import type { A } from '../${first}/a.ts'\nexport type B = A\n`,
      [`src/${room}/c.ts`]: `export { b } from './${last}/b.ts'\n`,
      [`src/${room}/${last}/d.ts`]: "export { c } from '../c.ts'\n",
      [`src/${room}/elsewhere/e.ts`]: 'export const e = 1\n',
    }
    expect(withPlanted(files, wrongFloors)).toEqual(
      [
        `src/${room}/elsewhere/e.ts: elsewhere has no place in the order of ${room}`,
        `src/${room}/${first}/a.ts imports ../${last}/b.ts, which comes later in ${room}`,
        `src/${room}/${last}/d.ts imports ../c.ts, which comes later in ${room}`,
      ].toSorted(),
    )
  },
)

test('a folder with too many files is told', () => {
  const counts = { 'src/logs': mostFiles + 1, 'src/ui/text': mostFiles }
  const files = Object.entries(counts).flatMap(([folder, count]) =>
    Array.from({ length: count }, (_, at) => [`${folder}/file-${at}.ts`, '']),
  )
  const planted = Object.fromEntries(files) as Record<string, string>
  expect(withPlanted(planted, fullFolders)).toEqual([`src/logs holds ${mostFiles + 1} files`])
})
