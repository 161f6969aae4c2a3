import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { readDocument, refuse } from './file/document.ts'
import { nameProblems, ourFields, writtenField } from './file/our-fields.ts'
import { ownedProblems } from './file/owned-fields.ts'
import { configSchema } from './schema/config.ts'
import { expectation, problemsOf } from './schema/problems.ts'
import type { Config } from './service/config.ts'
import { ruleProblems } from './service/rules.ts'

export interface ConfigSource {
  /** The file's absolute path. */
  path: string
  /** The file's name in messages; the path by default. */
  shownAs?: string
}

/**
 * Reads a configuration from the text of its file.
 *
 * @throws LambdactlError CONFIG_INVALID with each problem on a line of its own, with file, line, column and field
 */
export function parseConfig(text: string, { path, shownAs = path }: ConfigSource): Config {
  const document = readDocument(text, shownAs)
  const result = configSchema.safeParse(withoutExtensions(document.value), { error: expectation })
  if (!result.success)
    refuse(
      document,
      result.error.issues.flatMap((issue) => problemsOf(issue, document.value)),
    )
  const twice = nameProblems(result.data)
  if (twice.length > 0) refuse(document, twice)
  const fields = ourFields(result.data)
  const problems = [...ownedProblems(result.data), ...ruleProblems(fields)]
  if (problems.length > 0) {
    refuse(
      document,
      problems.map((problem) => ({ ...problem, field: writtenField(document.value, problem.field) })),
    )
  }
  return {
    ...fields,
    file: { path, fingerprint: createHash('sha256').update(`${path}\0${text}`).digest('hex') },
    shownAs,
    directory: dirname(path),
    place: (field) => document.place(writtenField(document.value, field)),
  }
}

/** Keys that begin with `x-` at the top of a file belong to its author, for example for fields that functions share. */
function withoutExtensions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('x-')))
}
