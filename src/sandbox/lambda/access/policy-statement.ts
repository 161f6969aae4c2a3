import type { AddPermissionRequest } from '@aws-sdk/client-lambda'
import type { Statement } from '../records/attached.ts'
import { invalidParameter } from '../requests/errors.ts'
import { required } from '../requests/validation.ts'

/**
 * A permission as a statement of a resource policy.
 *
 * @throws ServiceError 400 for a bad principal, and for an authentication type of another action than a URL's
 */
export function statementOf(input: AddPermissionRequest, resource: string): Statement {
  if (input.FunctionUrlAuthType !== undefined && input.Action !== 'lambda:InvokeFunctionUrl') {
    throw invalidParameter('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action')
  }
  const statement: Statement = {
    Sid: required(input.StatementId, 'statementId'),
    Effect: 'Allow',
    Principal: principalOf(required(input.Principal, 'principal'), resource.split(':')[1] ?? 'aws'),
    Action: required(input.Action, 'action'),
    Resource: resource,
  }
  const condition = conditionOf(input)
  return Object.keys(condition).length > 0 ? { ...statement, Condition: condition } : statement
}

function principalOf(principal: string, partition: string): string | Record<string, string> {
  if (principal === '*') return '*'
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${partition}:iam::${principal}:root` }
  if (principal.startsWith('arn:')) return { AWS: principal }
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(principal)) return { Service: principal }
  throw invalidParameter('The provided principal was invalid. Please check the principal and try again.')
}

function conditionOf(input: AddPermissionRequest): Record<string, Record<string, string>> {
  const given: [string, string | undefined][] = Object.entries({
    'AWS:SourceAccount': input.SourceAccount,
    'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType,
    'lambda:EventSourceToken': input.EventSourceToken,
    'aws:PrincipalOrgID': input.PrincipalOrgID,
  })
  const equals = given.filter(([, value]) => value !== undefined) as [string, string][]
  const condition: Record<string, Record<string, string>> = {}
  if (equals.length > 0) condition['StringEquals'] = Object.fromEntries(equals)
  if (input.InvokedViaFunctionUrl !== undefined) {
    condition['Bool'] = { 'lambda:InvokedViaFunctionUrl': String(input.InvokedViaFunctionUrl) }
  }
  if (input.SourceArn !== undefined) condition['ArnLike'] = { 'AWS:SourceArn': input.SourceArn }
  return condition
}
