import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const documents = globSync(['*.md', 'docs/**/*.md', '.github/*.md'], { cwd: root })

/** `#what-it-cant-do` for `## What it can't do`, as GitHub names it. */
function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '')
  return `#${words.trim().replaceAll(' ', '-')}`
}

function anchorsOf(path: string): string[] {
  return Array.from(read(path).matchAll(/^#+ (.*)$/gm), ([, heading = '']) => anchorOf(heading))
}

function leadsSomewhere(document: string, target: string): boolean {
  const { pathname, hash } = new URL(target, `file:///${document}`)
  const path = pathname.slice(1)
  return existsSync(join(root, path)) && (hash === '' || anchorsOf(path).includes(hash))
}

test.each(documents)('the links of %s lead to files and headings', (document) => {
  const targets = Array.from(read(document).matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target)
  const own = targets.filter((target) => !target.startsWith('https://'))
  expect(own.filter((target) => !leadsSomewhere(document, target))).toEqual([])
})

/** The others name files of their readers' projects. */
const ofTheProgram = documents.filter(
  (path) => !/CHANGELOG|(packaging|adopting|releases|triggers)\.md$/.test(path),
)

test.each(ofTheProgram)('%s names files that there are, from the root or from src', (document) => {
  const named = Array.from(
    read(document).matchAll(/`([\w-]+\/[\w./-]*\.tsx?|src\/[\w/-]+)`/g),
    ([, path = '']) => path,
  )
  const isThere = (path: string) => ['.', 'src'].some((folder) => existsSync(join(root, folder, path)))
  expect(named.filter((path) => !isThere(path))).toEqual([])
})

test('docs/stability.md and docs/releases.md name all variables of lambdactl, and no others', () => {
  const variables = (text: string) => text.match(/(?<!\w)LAMBDACTL_[A-Z_]+/g) ?? []
  const known = globSync('src/**/*.{ts,tsx}', { cwd: root }).flatMap((file) => variables(read(file)))
  const told = ['docs/stability.md', 'docs/releases.md'].flatMap((file) => variables(read(file)))
  expect(new Set(told.toSorted())).toEqual(new Set(known.toSorted()))
})
