import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sourceFiles } from './imports.ts'
import { withPlanted } from './planted.ts'
import { owners, pureRooms, rooms, violations } from './rooms.ts'

const root = join(import.meta.dirname, '../..')
const names = Object.keys(rooms)

/** The violations of these imports, planted in a folder below a room. */
const planted = (room: string, ...lines: string[]) =>
  withPlanted({ [`src/${room}/deep/planted.ts`]: lines.join('\n') }, violations)

/** A file of a room, or the single file that the table names. */
const fileOf = (name: string) => (name.endsWith('.ts') ? name : `${name}/some.ts`)

test('the real tree keeps the directions', () => {
  expect(sourceFiles(root, 'src').length).toBeGreaterThan(10)
  expect(violations(root)).toEqual([])
})

describe.each(names)('%s', (room) => {
  const { from, types = [] } = rooms[room] ?? { from: [] }

  test('may import itself, and the rooms and types that the table names', () => {
    const lines = [
      "import { a } from './a.ts'",
      ...from.map((name) => `import { b } from '../../${fileOf(name)}'`),
      ...types.map((name) => `import type { C } from '../../${fileOf(name)}'`),
    ]
    expect(planted(room, ...lines)).toEqual([])
  })

  test('may import no other room', () => {
    const closed = names.filter((name) => name !== room && !from.includes(name))
    const lines = closed.map((name) => `import { x } from '../../${name}/x.ts'`)
    expect(planted(room, ...lines)).toEqual(
      closed.map((name) => {
        const rule = types.includes(name) ? 'may import only types from' : 'may not import'
        return `src/${room}/deep/planted.ts imports ../../${name}/x.ts: ${room} ${rule} ${name}`
      }),
    )
  })

  test('may import no package that belongs to others', () => {
    const foreign = Object.keys(owners).filter((name) => !owners[name]?.includes(room))
    expect(planted(room, ...foreign.map((name) => `import { x } from '${name}/x'`))).toHaveLength(
      foreign.length,
    )
  })
})

test.each(pureRooms)('%s may not import Node or a package', (room) => {
  expect(planted(room, "import { readFileSync } from 'node:fs'")).toHaveLength(1)
  expect(planted(room, "import chalk from 'chalk'")).toHaveLength(1)
})

test.each([
  ['a re-export', "export * from '../../aws/x.ts'"],
  ['a dynamic import', "export const load = () => import('../../aws/x.ts')"],
  ['an import of a type', "import type { X } from '../../aws/x.ts'"],
  ['a type of an import', "export type X = import('../../aws/x.ts').X"],
  ['an import for its effects', "import '../../aws/x.ts'"],
])('%s counts', (_, line) => {
  expect(planted('release', line)).toHaveLength(1)
})

test('a folder that is no room is a violation', () => {
  expect(planted('utils', "import '../x.ts'")).toHaveLength(1)
})
