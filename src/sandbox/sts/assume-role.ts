import type {
  AssumeRoleRequest,
  AssumeRoleResponse,
  AssumeRoleWithWebIdentityRequest,
  AssumeRoleWithWebIdentityResponse,
  GetSessionTokenRequest,
  GetSessionTokenResponse,
} from '@aws-sdk/client-sts'
import type { MayAssume, Principal } from '../iam/policy/principal.ts'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { brokenRule, ServiceError } from '../protocol/service-error.ts'
import { assumedRole } from './assumed-role.ts'
import { callerIn } from './caller.ts'
import type { Sessions } from './sessions.ts'
import { claimsOf } from './web-identity.ts'

export interface StsContext {
  sessions: Sessions
  mayAssume: MayAssume
  /** Milliseconds since the epoch. */
  clock: () => number
}

export function sessionOperations(context: StsContext): Operations {
  return {
    AssumeRole: accepting<AssumeRoleRequest>(
      [
        'RoleArn',
        'RoleSessionName',
        'DurationSeconds',
        'ExternalId',
        'SourceIdentity',
        // They matter to policies only, and no call is checked against one.
        'Tags',
        'TransitiveTagKeys',
      ],
      (input, call) => assumeRole(context, input, call),
    ),
    AssumeRoleWithWebIdentity: accepting<AssumeRoleWithWebIdentityRequest>(
      ['RoleArn', 'RoleSessionName', 'WebIdentityToken', 'DurationSeconds'],
      (input) => assumeWithToken(context, input),
    ),
    GetSessionToken: accepting<GetSessionTokenRequest>(['DurationSeconds'], (input, call) =>
      getSessionToken(context, input, call),
    ),
  }
}

function assumeRole(context: StsContext, input: AssumeRoleRequest, call: Call): AssumeRoleResponse {
  const { arn } = callerIn(call)
  checkTags(input)
  const { ExternalId: externalId } = input
  const principal = { kind: 'AWS', name: arn, action: 'sts:AssumeRole', externalId } as const
  const answer = begin(context, input, principal)
  return { ...answer, ...(input.SourceIdentity !== undefined && { SourceIdentity: input.SourceIdentity }) }
}

function assumeWithToken(
  context: StsContext,
  input: AssumeRoleWithWebIdentityRequest,
): AssumeRoleWithWebIdentityResponse {
  const claims = claimsOf(input.WebIdentityToken ?? '', context.clock())
  const provider = claims.iss.replace(/^https?:\/\//, '')
  const action = 'sts:AssumeRoleWithWebIdentity'
  const principal = { kind: 'Federated', name: provider, action, claims: { ...claims } } as const
  return {
    ...begin(context, input, principal),
    SubjectFromWebIdentityToken: claims.sub,
    Audience: claims.aud,
    Provider: claims.iss,
  }
}

type RoleRequest = Pick<AssumeRoleRequest, 'RoleArn' | 'RoleSessionName' | 'DurationSeconds'>

function begin(
  { sessions, mayAssume }: StsContext,
  { RoleArn = '', RoleSessionName = '', DurationSeconds }: RoleRequest,
  principal: Principal,
): Pick<AssumeRoleResponse, 'Credentials' | 'AssumedRoleUser'> {
  checkNames(RoleArn, RoleSessionName)
  const seconds = durationOf(DurationSeconds, { usual: 3600, most: 43_200 })
  if (!mayAssume(RoleArn, principal)) throw notAuthorized(principal, RoleArn)
  const caller = assumedRole(RoleArn, RoleSessionName)
  return {
    Credentials: sessions.begin(caller, seconds),
    AssumedRoleUser: { AssumedRoleId: caller.userId, Arn: caller.arn },
  }
}

function getSessionToken(
  { sessions }: StsContext,
  { DurationSeconds }: GetSessionTokenRequest,
  call: Call,
): GetSessionTokenResponse {
  if (call.caller) {
    throw new ServiceError('AccessDenied', 403, 'Cannot call GetSessionToken with session credentials')
  }
  const seconds = durationOf(DurationSeconds, { usual: 43_200, most: 129_600 })
  return { Credentials: sessions.begin(callerIn(call), seconds) }
}

/** @throws ServiceError 400 */
function checkNames(role: string, session: string): void {
  if (role.length < 20) throw broken('roleArn', role, 'Member must have length greater than or equal to 20')
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(role)) {
    throw new ServiceError('ValidationError', 400, `${role} is invalid`)
  }
  if (!/^[\w+=,.@-]*$/.test(session)) {
    throw broken('roleSessionName', session, 'Member must satisfy regular expression pattern: [\\w+=,.@-]*')
  }
  if (session.length < 2) {
    throw broken('roleSessionName', session, 'Member must have length greater than or equal to 2')
  }
  if (session.length > 64) {
    throw broken('roleSessionName', session, 'Member must have length less than or equal to 64')
  }
}

/** @throws ServiceError 400 for a key that is given twice, in whatever case, or handed on without being given */
function checkTags({ Tags = [], TransitiveTagKeys = [] }: AssumeRoleRequest): void {
  const keys = Tags.map(({ Key = '' }) => Key.toLowerCase())
  const given = new Set(keys)
  if (given.size < keys.length) {
    throw invalidParameter('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  if (!TransitiveTagKeys.every((key) => given.has(key.toLowerCase()))) {
    throw invalidParameter('The specified transitive tag key must be included in the requested tags.')
  }
}

/** Seconds. @throws ServiceError 400 */
function durationOf(asked: number | undefined, { usual, most }: { usual: number; most: number }): number {
  const seconds = asked ?? usual
  if (!(seconds >= 900)) {
    throw broken('durationSeconds', String(seconds), 'Member must have value greater than or equal to 900')
  }
  if (seconds > most) {
    throw broken('durationSeconds', String(seconds), `Member must have value less than or equal to ${most}`)
  }
  return seconds
}

function broken(field: string, value: string, rule: string): ServiceError {
  return new ServiceError('ValidationError', 400, brokenRule(field, rule, `'${value}'`))
}

function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', 400, message)
}

function notAuthorized({ kind, name, action }: Principal, role: string): ServiceError {
  const message =
    kind === 'AWS'
      ? `User: ${name} is not authorized to perform: ${action} on resource: ${role}`
      : `Not authorized to perform ${action}`
  return new ServiceError('AccessDenied', 403, message)
}
