import { partitionOf } from '../../function/values/partition.ts'
import type { Call } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { KeptMap } from '../state/kept-map.ts'
import type { Tags } from './tags.ts'

export interface Role {
  name: string
  arn: string
  path: string
  /** The policy that says who may assume it, as it was sent. */
  trust: string
  description?: string | undefined
  /** Seconds. */
  longestSession: number
  tags: Tags
  /** Milliseconds since the epoch. */
  created: number
  /** Documents of its own, by name. */
  inline: Readonly<Record<string, string>>
  /** ARNs of policies. */
  attached: readonly string[]
  /** The ARN of the policy that limits its permissions. */
  boundary?: string | undefined
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
  tags: Tags
  created: number
  updated: number
  defaultVersion: string
  versions: readonly PolicyVersion[]
  /** How many versions were made of it, the deleted ones too. Policies of an older sandbox lack it. */
  made?: number | undefined
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

/** Tells whether a text is the ARN of a policy of an account or of AWS. */
export function isPolicyArn(text: string): boolean {
  return /^arn:[^:]+:iam::(?:\d{12}|aws):policy\/./.test(text)
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
