import { partitionOf } from '../../function/values/partition.ts'
import type { Call } from '../protocol/service.ts'
import { brokenRule, ServiceError } from '../protocol/service-error.ts'
import { invalidParameter } from './errors.ts'

const groupName = /^[.\-_/#A-Za-z0-9]+$/
const longestName = 512

/**
 * The group's name in a `logGroupName` or a `logGroupIdentifier`, which may be an ARN.
 *
 * @throws ServiceError InvalidParameterException
 */
export function groupNameOf(input: {
  logGroupName?: string | undefined
  logGroupIdentifier?: string | undefined
}): string {
  const { logGroupName, logGroupIdentifier } = input
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    const message = 'LogGroup name and LogGroup ARN are mutually exclusive parameters.'
    throw new ServiceError('ValidationException', 400, message)
  }
  if (logGroupIdentifier === undefined) return checkGroupName(logGroupName)
  const arn = /^arn:[^:]+:logs:[^:]*:\d*:log-group:([^:]+)$/.exec(logGroupIdentifier)
  return checkGroupName(arn?.[1] ?? logGroupIdentifier)
}

/** The model checks all but a name in an ARN, and the length. @throws ServiceError InvalidParameterException */
export function checkGroupName(name = ''): string {
  if (groupName.test(name)) return checkLength(name)
  throw invalidParameter(
    brokenRule(
      'logGroupName',
      'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+',
      `'${name}'`,
    ),
  )
}

/** @throws ServiceError InvalidParameterException */
export function checkStreamName(name = ''): string {
  return checkLength(name)
}

function checkLength(name: string): string {
  if (name.length <= longestName) return name
  throw invalidParameter(
    `Invalid LogGroup or LogStream, both must have length less than or equal to ${longestName}.`,
  )
}

/** The ARN without `:*` at its end. */
export function groupArn({ region, account }: Pick<Call, 'region' | 'account'>, name: string): string {
  return `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${name}`
}
