import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceFiles } from './imports.ts'

const root = join(import.meta.dirname, '../..')

test("no code makes folders by Node's own recursion, which never ends in /proc", () => {
  const made = /mkdir(?:Sync)?\([^;]*recursive: true/
  const found = sourceFiles(root, 'src').filter((file) => made.test(readFileSync(join(root, file), 'utf8')))
  expect(found).toEqual([])
})
