import type { FieldPath } from '../values/field-path.ts'
import type { Variables } from '../values/interpolate.ts'
import type { ReadReference, Reference, References } from '../values/references.ts'
import type { Config } from './config.ts'
import { placedFunction } from './placed-function.ts'
import { writtenRole } from './role.ts'

/**
 * These fields can't have references: they are needed where nothing may be read, decide about a package's content, or
 * are plain text.
 */
const without: readonly PropertyKey[] = [
  'name',
  'source',
  'runtime',
  'handler',
  'build',
  'include',
  'requirements',
  'release',
  'alarms',
]

/**
 * Collects the references of functions, and reads nothing.
 *
 * @throws LambdactlError CONFIG_INVALID for a variable that isn't set or an unknown form within a reference
 */
export function referencesOf(
  config: Config,
  environment: string,
  names: readonly string[],
  variables: Variables = process.env,
): References {
  const found: Reference[] = []
  const readReference: ReadReference = (reference, hasFallback) => {
    found.push(reference)
    // A secret has to be in its place even if it has a fallback.
    const asSecret = reference.kind === 'secret'
    return hasFallback && !asSecret ? undefined : { value: '', isSecret: asSecret }
  }
  for (const name of names) {
    const placed = placedFunction(config, environment, name, { variables, readReference })
    const texts = Object.entries(placed.fields)
      .filter(([key]) => !without.includes(key))
      .flatMap(([key, value]) => textsIn(value, [key]))
    for (const { text, field } of texts) placed.at.fill(text, ...field)
    const { role = '', at } = writtenRole(config, environment, placed)
    if (refers(role)) at.fill(role)
  }
  return summary(found)
}

function summary(found: readonly Reference[]): References {
  const namesOf = (kind: 'ssm' | 'secret') => [
    ...new Set(found.flatMap((each) => (each.kind === kind ? [each.name] : []))),
  ]
  return {
    commit: found.some(({ kind }) => kind === 'commit'),
    parameters: namesOf('ssm'),
    secrets: namesOf('secret'),
  }
}

function refers(text: string): boolean {
  return /\$\{(ssm:|secret:|git\.sha)/.test(text)
}

/** The texts within a value that contain references, with their paths. */
function textsIn(value: unknown, field: FieldPath): { text: string; field: FieldPath }[] {
  if (typeof value === 'string') return refers(value) ? [{ text: value, field }] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) =>
    textsIn(each, [...field, Array.isArray(value) ? Number(key) : key]),
  )
}
