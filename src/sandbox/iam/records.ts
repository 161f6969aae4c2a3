import { partitionOf } from '../protocol/partition.ts'
import type { Call } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { KeptMap } from '../state/kept-map.ts'

export interface Role {
  name: string
  arn: string
  path: string
  /** The policy that says who may assume it, as it was sent. */
  trust: string
  description?: string | undefined
  /** Seconds. */
  longestSession: number
  tags: Readonly<Record<string, string>>
  /** Milliseconds since the epoch. */
  created: number
  /** Documents of its own, by name. */
  inline: Readonly<Record<string, string>>
  /** ARNs of policies. */
  attached: readonly string[]
}

export interface PolicyVersion {
  id: string
  document: string
  created: number
}

/** A managed policy. */
export interface Policy {
  name: string
  arn: string
  path: string
  description?: string | undefined
  tags: Readonly<Record<string, string>>
  created: number
  updated: number
  defaultVersion: string
  versions: readonly PolicyVersion[]
}

/** IAM's records: roles by name, policies by ARN. They belong to no Region. */
export interface IamContext {
  roles: KeptMap<Role>
  policies: KeptMap<Policy>
  /** Milliseconds since the epoch. */
  clock: () => number
}

export function iamContext(clock: () => number): IamContext {
  return { roles: new KeptMap('iam-role'), policies: new KeptMap('iam-policy'), clock }
}

/** @throws ServiceError 404 */
export function requireRole({ roles }: IamContext, name = ''): Role {
  const found = roles.get(name)
  if (!found) throw noSuchEntity(`The role with name ${name} cannot be found.`)
  return found
}

/** @throws ServiceError 404 */
export function requirePolicy({ policies }: IamContext, arn = ''): Policy {
  const found = policies.get(arn)
  if (!found) throw noSuchEntity(`Policy ${arn} was not found.`)
  return found
}

export function arnOf(
  { account, region }: Call,
  kind: 'role' | 'policy',
  path: string,
  name: string,
): string {
  return `arn:${partitionOf(region)}:iam::${account}:${kind}${path}${name}`
}

/** 404. */
export function noSuchEntity(message: string): ServiceError {
  return new ServiceError('NoSuchEntity', 404, message)
}

/** 409. */
export function conflict(
  code: 'EntityAlreadyExists' | 'DeleteConflict' | 'LimitExceeded',
  message: string,
): ServiceError {
  return new ServiceError(code, 409, message)
}

/** 400. */
export function invalidInput(message: string): ServiceError {
  return new ServiceError('ValidationError', 400, message)
}

export function tagsOf(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = []) {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
}

export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}
