import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { environmentFlags } from '../../src/cli/flags/environment.ts'
import { outputFlags, webFlag } from '../../src/cli/output/output-flags.ts'

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

test('the npm package has all files that its README links to and shows', () => {
  const { files } = JSON.parse(read('package.json')) as { files: string[] }
  const targets = Array.from(read('README.md').matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target)
  const paths = targets
    .filter((target) => !/^(?:https:|#)/.test(target))
    .map((path) => path.split('#')[0] ?? '')
  expect(paths).toContain('docs/images/canary.svg')
  expect(paths.filter((path) => !files.some((each) => path === each || path.startsWith(`${each}/`)))).toEqual(
    [],
  )
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

/** The flags of many commands have pages of their own. */
const common = { ...environmentFlags, ...outputFlags, ...webFlag }

test('docs/logs.md names all flags of the commands for logs, and no others', () => {
  const { commands } = JSON.parse(read('oclif.manifest.json')) as Manifest
  const own = Object.entries(commands)
    .filter(([id]) => /^logs(?::|$)/.test(id))
    .flatMap(([, { flags }]) => Object.values(flags))
    .filter(({ name }) => !(name in common))
  const told = read('docs/logs.md')
  const isTold = ({ name, char = '-' }: ManifestFlag) =>
    new RegExp(`(?<![\\w-])(?:--(?:no-)?${name}|-${char})(?![\\w-])`).test(told)
  expect(own.filter((flag) => !isTold(flag)).map(({ name }) => name)).toEqual([])
  const known = [...Object.keys(common), 'json', ...own.map(({ name }) => name)]
  const named = Array.from(told.matchAll(/(?<![\w-])--(?:no-)?([a-z][a-z-]*)/g), ([, name = '']) => name)
  expect(named.filter((name) => !known.includes(name))).toEqual([])
})

interface ManifestFlag {
  name: string
  char?: string
}

interface Manifest {
  commands: Record<string, { flags: Record<string, ManifestFlag> }>
}
