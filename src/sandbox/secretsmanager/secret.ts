import { randomUUID } from 'node:crypto'
import { notFound, refusal } from './errors.ts'

/** A value of a secret; a version without one is none. */
export interface Value {
  text?: string | undefined
  /** Base64. */
  binary?: string | undefined
}

export interface SecretVersion extends Value {
  id: string
  stages: readonly string[]
  /** Milliseconds since the epoch, as the next one. */
  created: number
  accessed?: number | undefined
}

export interface Secret {
  name: string
  arn: string
  description?: string | undefined
  kmsKey?: string | undefined
  /** Undefined if it never had any. */
  tags?: Readonly<Record<string, string>> | undefined
  /** The newest last. */
  versions: readonly SecretVersion[]
  /** Milliseconds since the epoch, as the next ones. */
  created: number
  changed: number
  accessed?: number | undefined
  /** When its deletion was asked for, and when it will be gone. */
  deleted?: number | undefined
  gone?: number | undefined
}

export const current = 'AWSCURRENT'
const previous = 'AWSPREVIOUS'

/** The versions that Secrets Manager keeps; the newest ones, and those with a stage. */
const mostVersions = 100

/** The version of a request; the current one by default. @throws ServiceError 400 */
export function versionOf(
  { versions }: Secret,
  id: string | undefined,
  stage: string | undefined,
): SecretVersion {
  if (id !== undefined) {
    const found = versions.find((version) => version.id === id)
    if (!found) throw notFound(` value for VersionId: ${id}`)
    if (stage !== undefined && !found.stages.includes(stage)) {
      throw refusal(
        'InvalidRequestException',
        'You provided a VersionStage that is not associated to the provided VersionId.',
      )
    }
    return found
  }
  const wanted = stage ?? current
  const found = versions.find(({ stages }) => stages.includes(wanted))
  if (!found) throw notFound(` value for staging label: ${wanted}`)
  return found
}

interface Put extends Value {
  /** The id of the version, which makes a repeated request harmless. */
  token: string | undefined
  stages: readonly string[]
  now: number
}

/** Adds a version with its stages. The first version is always the current one. @throws ServiceError 400 */
export function withVersion(secret: Secret, { token, stages, now, ...value }: Put): [Secret, SecretVersion] {
  const id = token ?? randomUUID()
  const same = secret.versions.find((version) => version.id === id)
  if (same && (same.text !== value.text || same.binary !== value.binary)) throw tokenInUse(secret, id)
  if (same) return [secret, same]
  const isFirst = secret.versions.length === 0
  const version = { id, stages: [], created: now, ...value }
  let next: Secret = { ...secret, changed: now, versions: [...secret.versions, version] }
  for (const stage of isFirst ? [...new Set([...stages, current])] : stages) next = withStage(next, stage, id)
  const kept = next.versions.filter(
    ({ stages: held }, index) => held.length > 0 || next.versions.length - index <= mostVersions,
  )
  return [{ ...next, versions: kept }, kept.find((each) => each.id === id) ?? version]
}

/** 400: a token belongs to a version with another value. */
function tokenInUse({ arn }: Secret, token: string): Error {
  return refusal(
    'ResourceExistsException',
    `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arn}.`,
  )
}

/** Gives a stage to a version, or to none. The version that loses `AWSCURRENT` becomes the previous one. */
export function withStage(secret: Secret, stage: string, id: string | undefined): Secret {
  const holder = secret.versions.find(({ stages }) => stages.includes(stage))
  if (holder?.id === id) return secret
  const versions = secret.versions.map((version) => {
    const others = version.stages.filter((each) => each !== stage)
    // As in AWS's recorded answers, stages are in the order of the alphabet.
    return { ...version, stages: version.id === id ? [...others, stage].toSorted() : others }
  })
  const next = { ...secret, versions }
  return stage === current && holder && id !== undefined ? withStage(next, previous, holder.id) : next
}

/** The stages of all versions that have one. */
export function stagesById({ versions }: Secret): Record<string, string[]> {
  const staged = versions.filter(({ stages }) => stages.length > 0)
  return Object.fromEntries(staged.map(({ id, stages }) => [id, [...stages]]))
}
