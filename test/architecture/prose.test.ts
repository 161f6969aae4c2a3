import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withPlanted } from './planted.ts'
import { hardWords, widePages } from './prose.ts'

const root = join(import.meta.dirname, '../..')

test('comments and pages keep to docs/style.md', () => {
  expect(hardWords(root)).toEqual([])
})

test('the prose of pages wraps at 120 columns', () => {
  expect(widePages(root)).toEqual([])
})

test.each([
  ['/** What a folder weighs. */', 'a comment begins with What'],
  ['/**\n * What a folder weighs.\n */', 'a comment begins with What'],
  ['// What a folder weighs.', 'a comment begins with What'],
  ['/** Asks for the answer anew. */', '"anew"'],
  ["const text = 'All but for the alias.'", '"but for"'],
  ['/** Ends otherwise than planned. */', '"otherwise than"'],
])('%j is told', (line, fault) => {
  expect(withPlanted({ 'src/ui/show.ts': `${line}\n` }, hardWords)).toEqual([
    expect.stringContaining(`src/ui/show.ts:${line.startsWith('/**\n') ? 2 : 1}: ${fault}`),
  ])
})

test.each(['src', 'test', 'scripts', 'bench', 'demo'])('%s is looked at', (folder) => {
  const file = `${folder}/deep/planted.ts`
  expect(withPlanted({ [file]: '// What a folder weighs.\n' }, hardWords)).toEqual([
    `${file}:1: a comment begins with What`,
  ])
})

test('a wide line of prose is told, one of a table, of code or of a link is not', () => {
  const wide = 'word '.repeat(30)
  const link = `[page](https://example.com/${'a'.repeat(120)})`
  const page = [wide, `| ${wide} |`, '```', wide, '```', link].join('\n')
  expect(withPlanted({ 'docs/page.md': page }, widePages)).toEqual(['docs/page.md:1: 149 columns'])
})

test('the page on style is one screen', () => {
  const lines = readFileSync(join(root, 'docs/style.md'), 'utf8').split('\n')
  expect(lines.length).toBeLessThan(64)
})
