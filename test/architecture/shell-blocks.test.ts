import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shellBlocks, shownCommands } from './shell-blocks.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = globSync(['README.md', 'docs/**/*.md'], { cwd: root }).toSorted()
const { commands } = JSON.parse(read('oclif.manifest.json')) as Manifest

/** The pages whose blocks test/cli/pages.test.ts runs; the first block of the README is how this suite is started. */
const run = [
  'README.md',
  'docs/getting-started.md',
  'docs/json.md',
  'docs/operating/cost.md',
  'docs/releases.md',
  'docs/sandbox.md',
  ...pages.filter((page) => page.startsWith('docs/recipes/')),
]

test.each(pages)('each block of commands in %s is run by a test, or says why not', (page) => {
  const marks = shellBlocks(read(page)).map(({ mark }) => mark)
  const known = ['aws', 'slow', 'console', ...(run.includes(page) ? [''] : [])]
  expect(marks.filter((mark) => !known.includes(mark))).toEqual([])
})

test.each(pages)('the commands and flags that %s shows exist', (page) => {
  expect(shownCommands(read(page)).flatMap(faultsOf)).toEqual([])
})

test.each(['README.md', 'docs/benchmarks.md'])('the scripts of npm that %s shows exist', (page) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const shown = Array.from(read(page).matchAll(/npm run ([\w:-]+)/g), ([, name = '']) => name)
  expect(shown).not.toEqual([])
  expect(shown.filter((name) => !(name in scripts))).toEqual([])
})

describe('the check of shown commands', () => {
  test('finds a command and a flag that do not exist, in a block and in a sentence', () => {
    const page = 'Use `lambdactl deploy --evn prod`.\n\n```sh aws\nlambdactl statsu # a slip\n```\n'
    expect(shownCommands(page).flatMap(faultsOf)).toEqual(['statsu', 'deploy --evn'])
  })

  test('takes joined lines, quotes, variables before a command, and the typed lines of a console', () => {
    const page = '```console\n$ A=b lambdactl logs checkout \\\n    --since "1 h"\nlambdactl nonsense\n```\n'
    expect(shownCommands(page)).toEqual([['logs', 'checkout', '--since', '1 h']])
  })
})

/** The parts of a shown command that the program has not, each with its command. */
function faultsOf(words: readonly string[]): string[] {
  const [first = '…'] = words
  if (first.includes('…')) return []
  const plain = words.filter((word) => /^[a-z][a-z-]*$/.test(word))
  const id = [3, 2, 1].map((count) => plain.slice(0, count).join(':')).find((each) => each in commands)
  const topic = Object.keys(commands).some((each) => each.startsWith(`${first}:`))
  if (id === undefined) return topic || first === 'version' || first.startsWith('-') ? [] : [first]
  const flags = Object.values(commands[id]?.flags ?? {})
  const names = flags.flatMap(({ name, char = '' }) => [`--${name}`, `--no-${name}`, `-${char}`])
  const shown = words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/[=…].*$/, ''))
  return shown
    .filter((flag) => flag !== '--help' && !names.includes(flag))
    .map((flag) => `${id.replaceAll(':', ' ')} ${flag}`)
}

interface Manifest {
  readonly commands: Readonly<Record<string, { readonly flags: Readonly<Record<string, ManifestFlag>> }>>
}

interface ManifestFlag {
  readonly name: string
  readonly char?: string
}
