import { partitionOf } from '../../../function/values/partition.ts'
import type { Call } from '../../protocol/service.ts'
import { brokenRule, ServiceError } from '../../protocol/service-error.ts'
import { functionNotFound, invalidParameter, notFound } from './errors.ts'
import { required } from './validation.ts'

/** A function in the caller's words. */
export interface FunctionReference {
  name: string
  /** An alias, a version or `$LATEST`; undefined for none. */
  qualifier: string | undefined
}

const longestName = 64
const parts =
  /^(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:((?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([^:]+)(?::(.+))?$/

/**
 * Reads a function's name, partial ARN or full ARN, with or without a qualifier.
 *
 * @param qualifier the request's own `Qualifier`
 * @throws ServiceError 400 for too long a name or two qualifiers, 404 for another Region, 403 for another account
 */
export function parseReference(
  call: Call,
  functionName: string | undefined,
  qualifier?: string,
): FunctionReference {
  const text = required(functionName, 'functionName')
  const { region, account, name = '', qualifier: derived } = lambdaParts(text)
  if (derived !== undefined && qualifier !== undefined && derived !== qualifier) {
    throw invalidParameter(
      'The derived qualifier from the function name does not match the specified qualifier.',
    )
  }
  checkReach(call, region, account)
  checkNameLength(name)
  return { name, qualifier: qualifier ?? derived }
}

function checkReach(call: Call, region: string | undefined, account: string | undefined): void {
  if (region !== undefined && region !== call.region) {
    throw notFound(`Functions from '${region}' are not reachable in this region ('${call.region}')`)
  }
  if (account !== undefined && account !== call.account) {
    // AWS's message is empty here.
    throw new ServiceError('AccessDeniedException', 403, '')
  }
}

function checkNameLength(name: string): void {
  if (name.length <= longestName) return
  throw invalidParameter(
    brokenRule('functionName', `Member must have length less than or equal to ${longestName}`, `'${name}'`),
  )
}

/** The parts of a function's name or ARN; absent where it has none. */
export function lambdaParts(text: string): {
  region?: string
  account?: string
  name?: string
  qualifier?: string
} {
  const [, region, account, name, qualifier] = parts.exec(text) ?? []
  return {
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
    ...(name !== undefined && { name }),
    ...(qualifier !== undefined && { qualifier }),
  }
}

/** A function's ARN, with the qualifier if there is one. */
export function functionArn(
  call: Pick<Call, 'account' | 'region'>,
  name: string,
  qualifier?: string,
): string {
  const arn = `arn:${partitionOf(call.region)}:lambda:${call.region}:${call.account}:function:${name}`
  return qualifier === undefined ? arn : `${arn}:${qualifier}`
}

/** True for an alias; false for a version's number and `$LATEST`. */
export function isAliasName(qualifier: string): boolean {
  return !qualifier.startsWith('$LATEST') && !/^\d+$/.test(qualifier)
}

/** 404 for an alias or a version that does not exist, each with AWS's message. */
export function missingQualifier(call: Call, name: string, qualifier: string): ServiceError {
  const arn = functionArn(call, name, qualifier)
  // Lambda reads a qualifier with a dollar sign as a version.
  const isVersion = !isAliasName(qualifier) || qualifier.includes('$')
  return isVersion ? functionNotFound(arn) : notFound(`Cannot find alias arn: ${arn}`)
}
