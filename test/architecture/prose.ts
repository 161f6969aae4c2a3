import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const sources = ['{src,test,scripts,bench,demo}/**/*.{ts,tsx,mjs,py}']

/** The files that show the forbidden words as examples. */
const examples = ['docs/style.md', 'test/architecture/prose.ts', 'test/architecture/prose.test.ts']

const pages = ['*.md', 'docs/**/*.md']
const widest = 120

const faults: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:\/\*\*|\*|\/\/) What\b/, 'a comment begins with What'],
  [/\botherwise than\b/i, '"otherwise than"'],
  [/\bbut for\b/i, '"but for"'],
  [/\banew\b/i, '"anew"'],
]

/** One sentence for each line under `root` that has a word or a beginning that docs/style.md forbids. */
export function hardWords(root: string): string[] {
  return linesOf(root, [...sources, ...pages]).flatMap(({ file, at, line }) =>
    examples.includes(file)
      ? []
      : faults.flatMap(([pattern, fault]) => (pattern.test(line) ? [`${file}:${at}: ${fault}`] : [])),
  )
}

/** One sentence for each line of prose in the pages under `root` that is too wide. Tables, code and single long words may be. */
export function widePages(root: string): string[] {
  let isCode = false
  return linesOf(root, pages).flatMap(({ file, at, line }) => {
    if (at === 1) isCode = false
    if (/^\s*```/.test(line)) isCode = !isCode
    const mayBeWide = isCode || /^\s*\|/.test(line) || !/\S\s+\S/.test(line.slice(0, widest))
    const columns = line.trimEnd().length
    return columns > widest && !mayBeWide ? [`${file}:${at}: ${columns} columns`] : []
  })
}

function linesOf(root: string, patterns: readonly string[]): { file: string; at: number; line: string }[] {
  return globSync([...patterns], { cwd: root })
    .toSorted()
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .map((line, index) => ({ file, at: index + 1, line })),
    )
}
