/** A reference of a field to a value that is neither in the file nor in the process's environment. */
export type Reference =
  | { kind: 'commit' }
  | { kind: 'ssm'; name: string }
  | { kind: 'secret'; name: string; key?: string }

/** A value from outside of the file. A secret may only be used in a function's variables. */
interface Found {
  value: string
  isSecret: boolean
}

/** The reason why there is no value, as a clause, and the next step. */
export interface Lacking {
  why: string
  next: string
}

/** Returns the value of a reference; the reason, or undefined, if there is none. */
export type ReadReference = (reference: Reference, hasFallback: boolean) => Found | Lacking | undefined

/** The references that have to be read before functions can be resolved, each once. */
export interface References {
  commit: boolean
  /** Names of SSM parameters. */
  parameters: readonly string[]
  /** Names or ARNs of secrets. */
  secrets: readonly string[]
}

/** The values that were read, without missing ones. */
export interface ReferencedValues {
  commit: string | undefined
  /** The reason why there is no commit, or none from git. */
  noCommit?: Lacking
  parameters: ReadonlyMap<string, string>
  secrets: ReadonlyMap<string, string>
  /** The names of parameters that are SecureStrings. */
  secure: ReadonlySet<string>
}

/**
 * Replaces a reference where nothing may be read, for example when a function is only packaged. It looks like a role,
 * since a role is checked.
 */
export const unread = 'arn:aws:iam::000000000000:role/unread'

/** Reads nothing. */
export const nothingRead: ReadReference = ({ kind }) => ({ value: unread, isSecret: kind === 'secret' })

/** Tells whether nothing has to be read. */
export function isSelfContained({ commit, parameters, secrets }: References): boolean {
  return !commit && parameters.length === 0 && secrets.length === 0
}

/** Resolves references from the values that were read. */
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

/** A number or a boolean becomes text in an environment variable. */
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
