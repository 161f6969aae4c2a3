import { environmentFields, mergedFunction } from '../service/locate.ts'
import type { Config, FieldPath, Variables } from '../types.ts'
import { interpolate, scopeOf } from './interpolate.ts'

/** Something that a field refers to and that is neither in the file nor in the process's environment. */
export type Reference =
  | { kind: 'commit' }
  | { kind: 'ssm'; name: string }
  | { kind: 'secret'; name: string; key?: string }

/** A value from elsewhere. A secret has its place in a function's variables alone. */
export interface Found {
  value: string
  isSecret: boolean
}

/** The reason why there is no value, a clause, and the next step. */
export interface Lacking {
  why: string
  next: string
}

/** Gives the value of a reference; the reason, or undefined, where there is none. */
export type ReadReference = (reference: Reference, hasFallback: boolean) => Found | Lacking | undefined

/** The references that have to be read before functions can be resolved, each once. */
export interface References {
  commit: boolean
  /** Names of SSM parameters. */
  parameters: readonly string[]
  /** Names or ARNs of secrets. */
  secrets: readonly string[]
}

/** The values that were read; without those that do not exist. */
export interface ReferencedValues {
  commit: string | undefined
  /** Why there is no commit, or none that git said. */
  noCommit?: Lacking
  parameters: ReadonlyMap<string, string>
  secrets: ReadonlyMap<string, string>
  /** The names of parameters that are SecureStrings. */
  secure: ReadonlySet<string>
}

/**
 * Stands for what is referred to where nothing may be read, as when a function is only packaged. It looks like a role, since
 * that has to.
 */
export const unread = 'arn:aws:iam::000000000000:role/unread'

/** Reads nothing. */
export const nothingRead: ReadReference = ({ kind }) => ({ value: unread, isSecret: kind === 'secret' })

/** Fields that are not filled in with it: they are needed where nothing may be read, decide what a package holds, or are plain text. */
const without: readonly PropertyKey[] = [
  'name',
  'source',
  'runtime',
  'handler',
  'build',
  'include',
  'requirements',
  'release',
]

/**
 * Collects the references of functions. Reads nothing.
 *
 * @throws LambdactlError CONFIG_INVALID for a variable that isn't set or an unknown form within such a reference
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
    // A secret has to be in its place with a fallback as well.
    const asSecret = reference.kind === 'secret'
    return hasFallback && !asSecret ? undefined : { value: '', isSecret: asSecret }
  }
  for (const name of names) {
    const scope = scopeOf(config, environment, name, { variables, readReference })
    const { fields, origin } = mergedFunction(config, environment, name)
    const texts = Object.entries(fields)
      .filter(([key]) => !without.includes(key))
      .flatMap(([key, value]) => textsIn(value, [key]))
    for (const { text, field } of texts) interpolate(text, scope, origin(field))
    const { role } = environmentFields(config, environment)
    if (role !== undefined && fields.role === undefined && refers(role))
      interpolate(role, scope, ['environments', environment, 'role'])
  }
  return summary(found)
}

/** Whether nothing has to be read. */
export function isSelfContained({ commit, parameters, secrets }: References): boolean {
  return !commit && parameters.length === 0 && secrets.length === 0
}

/** Looks references up in what was read. */
export function readFrom(values: ReferencedValues): ReadReference {
  return (reference) => {
    const value = valueIn(values, reference)
    if (value === undefined && reference.kind === 'commit') return values.noCommit
    return value === undefined ? undefined : { value, isSecret: isSecret(values, reference) }
  }
}

function valueIn(
  { commit, parameters, secrets }: ReferencedValues,
  reference: Reference,
): string | undefined {
  if (reference.kind === 'commit') return commit
  if (reference.kind === 'ssm') return parameters.get(reference.name)
  const secret = secrets.get(reference.name)
  return secret === undefined || reference.key === undefined ? secret : textAt(secret, reference.key)
}

function isSecret({ secure }: ReferencedValues, reference: Reference): boolean {
  return reference.kind === 'secret' || (reference.kind === 'ssm' && secure.has(reference.name))
}

/** A number or a truth value is text in an environment variable. */
function textAt(secret: string, key: string): string | undefined {
  const map = jsonOf(secret)
  if (typeof map !== 'object' || map === null || !Object.hasOwn(map, key)) return undefined
  const value: unknown = (map as Record<string, unknown>)[key]
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
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

/** The texts within a value that refer to something, with their paths. */
function textsIn(value: unknown, field: FieldPath): { text: string; field: FieldPath }[] {
  if (typeof value === 'string') return refers(value) ? [{ text: value, field }] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) =>
    textsIn(each, [...field, Array.isArray(value) ? Number(key) : key]),
  )
}
