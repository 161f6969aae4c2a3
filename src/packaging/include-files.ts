import createIgnore from 'ignore'
import { LambdactlError } from '../errors/error.ts'

const mostNamed = 8

/** The files that `include` takes in. */
interface Included<File> {
  readonly files: readonly File[]
  /** On patterns that do nothing, a sentence each. */
  readonly notes: readonly string[]
}

/**
 * The files that `include` names, all where it names none; a later `!pattern` takes files out again. A name is that of the
 * source's own folder or file, and not of others far below as in .gitignore: package.json means no dependency's. A pattern of
 * many files, and one that takes files out, may do nothing; that is said.
 *
 * @throws LambdactlError PACKAGE_INVALID for a file or folder that is named and not there
 */
export function includedFiles<File extends { readonly path: string }>(
  files: readonly File[],
  include: readonly string[] | undefined,
): Included<File> {
  if (!include) return { files, notes: [] }
  const rules = include.map(toRule)
  const idle = rules.filter(({ matches }) => !files.some(({ path }) => matches(path)))
  const missing = idle.find(({ pattern, takesIn }) => takesIn && !/[*?[]/.test(pattern))
  if (missing) throw matchesNothing(missing.pattern)
  const taken = files.filter(({ path }) => rules.findLast(({ matches }) => matches(path))?.takesIn)
  return { files: taken, notes: idle.map(idleNote) }
}

function idleNote({ pattern, takesIn }: Rule): string {
  return `include: ${JSON.stringify(pattern)} takes nothing ${takesIn ? 'in' : 'out'}: no file of the source matches it`
}

/**
 * A sentence that names what stays out by default and would have gone in otherwise; none where nothing does.
 *
 * @param leftOut folders end with a slash
 */
export function leftOutNotes(leftOut: readonly string[], include: readonly string[] | undefined): string[] {
  const rules = include?.map(toRule)
  const paths = rules
    ? leftOut.filter((path) => rules.findLast(({ matches }) => matches(path))?.takesIn)
    : leftOut
  if (paths.length === 0) return []
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : ''
  const names = paths.slice(0, mostNamed).join(', ')
  return [
    `left out by default: ${names}${more} (a line such as !${paths.at(-1)} in .lambdactlignore takes it in)`,
  ]
}

type Rule = ReturnType<typeof toRule>

/** The last rule that matches decides. In .gitignore a folder that is named can't lose a file again; here it can. */
function toRule(pattern: string) {
  const [, not = '', path = ''] = /^(!?)(?:\.\/)?(.*)$/.exec(pattern) ?? []
  const anchored = /^(\/|\*\*\/)/.test(path) ? path : `/${path}`
  const matcher = createIgnore({ ignorecase: false, allowRelativePaths: true }).add(anchored)
  return { pattern, takesIn: not === '', matches: (file: string) => matcher.ignores(file) }
}

function matchesNothing(pattern: string): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `include: expected files of the source that match ${JSON.stringify(pattern)}, got none.`,
    {
      next: [
        'Correct it, or have build: make the files. Test folders, secrets and what .lambdactlignore names stay out; a line such as !dist/test/ there takes them in.',
      ],
    },
  )
}
