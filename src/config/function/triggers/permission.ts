import type { PermissionTrigger } from '../../../function/triggers/wanted.ts'
import { filledText, text, type Written } from '../../values/fields.ts'
import type { Position } from '../../values/position.ts'
import { commonOf, commonShape } from './common.ts'

export const permissionShape = {
  permission: text('a principal, as in cognito-idp.amazonaws.com').describe(
    'The principal that may invoke the alias: a service as in cognito-idp.amazonaws.com, or an account.',
  ),
  sourceArn: filledText('an ARN', /^arn:/)
    .optional()
    .describe("The source's ARN. Left out: the permission holds for every source of the account."),
  sourceAccount: filledText('an account of 12 digits', /^\d{12}$/)
    .optional()
    .describe("The source's account. Default: for a service, that of the ARN or of the function."),
  ...commonShape,
}

export function permissionTrigger(
  name: string,
  fields: Written<typeof permissionShape>,
  at: Position,
): PermissionTrigger {
  const source = at.fillIfAny(fields.sourceArn, 'sourceArn')
  const account = at.fillIfAny(fields.sourceAccount, 'sourceAccount')
  return {
    ...commonOf(name, fields),
    kind: 'permission',
    principal: at.fill(fields.permission, 'permission'),
    ...(source !== undefined && { sourceArn: source }),
    ...(account !== undefined && { sourceAccount: account }),
  }
}
