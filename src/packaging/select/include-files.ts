import createIgnore from 'ignore'
import { LambdactlError } from '../../errors/error.ts'
import { firstNames } from '../../errors/first-few.ts'
import type { PackageSource } from '../model/types.ts'
import { installCommand } from './node-modules/install-command.ts'

const mostNamed = 8

/** The files that `include` selects. */
interface Included<File> {
  readonly files: readonly File[]
  /** Notes on patterns that match nothing, one sentence each. */
  readonly notes: readonly string[]
}

/**
 * The files that `include` names, or all files if it names none; a later `!pattern` removes files again. A name means
 * the source's own folder or file, unlike in .gitignore: `package.json` matches no dependency's. Notes tell of a
 * pattern for many files, or one with `!`, that matches nothing.
 *
 * @param needed the paths that need no pattern
 * @throws LambdactlError PACKAGE_INVALID for a named file or folder that is missing
 */
export function includedFiles<File extends { readonly path: string }>(
  { source, include }: Pick<PackageSource, 'source' | 'include'>,
  files: readonly File[],
  needed: ReadonlySet<string>,
): Included<File> {
  if (!include) return { files, notes: [] }
  const rules = include.map(toRule)
  const idle = rules.filter(({ matches }) => !files.some(({ path }) => matches(path)))
  const missing = idle.find(({ pattern, takesIn }) => takesIn && !/[*?[]/.test(pattern))
  if (missing) throw matchesNothing(missing.pattern, source)
  const taken = files.filter(({ path }) => takenBy(rules, path) ?? needed.has(path))
  return { files: taken, notes: idle.map(idleNote) }
}

/** The packages that `include` names as a whole, as in `node_modules/sharp/`. */
export function namedPackages(include: readonly string[] = []): string[] {
  return include.flatMap(
    (pattern) =>
      /^(?:\.?\/)?node_modules\/((?:@[^/*?[]+\/)?[^@/*?[][^/*?[]*)(?:\/(?:\*\*)?)?$/.exec(pattern)?.[1] ?? [],
  )
}

/**
 * Tells how much of a package `include` names: the whole of it, or maybe a part. Without `include` every package is
 * whole.
 */
export function extentIn(
  include: readonly string[] | undefined,
): (path: string) => 'whole' | 'part' | undefined {
  if (!include) return () => 'whole'
  const rules = include.map(toRule)
  const starts = rules.filter(({ takesIn }) => takesIn).map(({ start }) => start)
  return (path) => {
    if (['package.json', 'any'].every((name) => takenBy(rules, `${path}/${name}`))) return 'whole'
    const folder = `${path}/`
    return starts.some((start) => folder.startsWith(start) || start.startsWith(folder)) ? 'part' : undefined
  }
}

function takenBy(rules: readonly Rule[], path: string): boolean | undefined {
  return rules.findLast(({ matches }) => matches(path))?.takesIn
}

function idleNote({ pattern, takesIn }: Rule): string {
  return `include: ${JSON.stringify(pattern)} ${takesIn ? 'adds' : 'excludes'} nothing: no file of the source matches it`
}

/**
 * A sentence that names the files that stay out by default and would have gone in; none if there are none.
 *
 * @param leftOut folders end with a slash
 */
export function leftOutNotes(leftOut: readonly string[], include: readonly string[] | undefined): string[] {
  const rules = include?.map(toRule)
  const paths = rules ? leftOut.filter((path) => takenBy(rules, path)) : leftOut
  if (paths.length === 0) return []
  return [
    `left out by default: ${firstNames(paths, mostNamed)} (a line such as !${paths.at(-1)} in .lambdactlignore adds it)`,
  ]
}

type Rule = ReturnType<typeof toRule>

/**
 * The last matching rule decides. A `!pattern` can also remove a file from a folder that is named, unlike in
 * .gitignore.
 */
function toRule(pattern: string) {
  const [, not = '', path = ''] = /^(!?)(?:\.\/)?(.*)$/.exec(pattern) ?? []
  const anchored = /^(\/|\*\*\/)/.test(path) ? path : `/${path}`
  const matcher = createIgnore({ ignorecase: false, allowRelativePaths: true }).add(anchored)
  const start = anchored.slice(1).replace(/[*?[].*$/, '')
  return { pattern, start, takesIn: not === '', matches: (file: string) => matcher.ignores(file) }
}

function matchesNothing(pattern: string, source: string): LambdactlError {
  const isPackage = namedPackages([pattern]).length > 0
  return new LambdactlError(
    'PACKAGE_INVALID',
    `include: expected files of the source that match ${JSON.stringify(pattern)}, got none.`,
    {
      next: [
        ...(isPackage ? [`Install it: ${installCommand(source)}`] : []),
        'Correct the pattern, or have build: make the files. Test folders, secrets and the files that .lambdactlignore names are excluded; a line such as !dist/test/ there adds them.',
      ],
    },
  )
}
