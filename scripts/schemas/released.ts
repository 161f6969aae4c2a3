import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { breaks } from './breaks.ts'
import type { WholeSchema } from './schema.ts'

/** The schemas of a release, by their path in `schemas/`. */
export interface Released {
  /** The version of the package. */
  release: string
  schemas: Readonly<Record<string, WholeSchema>>
}

export const releasedFile = join(import.meta.dirname, 'released.json')

/** The schemas as they are now, with the version that `package.json` has; without their descriptions. */
export function currentSchemas(root: string): Released {
  const { version: release } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string
  }
  const folder = join(root, 'schemas')
  const paths = globSync('**/*.json', { cwd: folder }).toSorted()
  const read = (path: string): unknown =>
    JSON.parse(readFileSync(join(folder, path), 'utf8'), withoutDescription)
  return { release, schemas: Object.fromEntries(paths.map((path) => [path, read(path) as WholeSchema])) }
}

/** A field may have the name `description` too: then its value is a schema. */
function withoutDescription(name: string, value: unknown): unknown {
  return name === 'description' && typeof value === 'string' ? undefined : value
}

/**
 * The changes that break what was written for an earlier release. Documents and events may change with another
 * `schemaVersion`.
 *
 * @returns a sentence for each, with the schema's path
 */
export function breaksSince(before: Released, now: Released): string[] {
  return Object.entries(before.schemas).flatMap(([path, was]) => {
    const is = now.schemas[path]
    if (!is) return [`schemas/${path} is gone`]
    const isInput = path === 'lambdactl.schema.json'
    if (!isInput && versionOf(was) !== versionOf(is)) return []
    return breaks(was, is, isInput ? 'input' : 'output').map((text) => `schemas/${path}: ${text}`)
  })
}

function versionOf({ anyOf: [first] = [], properties = first?.properties }: WholeSchema): unknown {
  return properties?.['schemaVersion']?.const
}
