import type {
  AttachRolePolicyRequest,
  DeleteRolePolicyRequest,
  DetachRolePolicyRequest,
  GetRolePolicyRequest,
  ListAttachedRolePoliciesRequest,
  ListRolePoliciesRequest,
  PutRolePolicyRequest,
} from '@aws-sdk/client-iam'
import { ownEntry } from '../own-entry.ts'
import { accepting } from '../protocol/accepting.ts'
import type { Operations } from '../protocol/service.ts'
import { isManagedByAws } from './managed.ts'
import { iamPage } from './paging.ts'
import { checkPolicy } from './policy/check-document.ts'
import { type IamContext, invalidInput, isPolicyArn, noSuchEntity, requireRole } from './records.ts'
import { checkName } from './roles.ts'

export function rolePolicyOperations(context: IamContext): Operations {
  return { ...inlineOperations(context), ...attachOperations(context) }
}

function inlineOperations(context: IamContext): Operations {
  const { roles } = context
  return {
    PutRolePolicy: accepting<PutRolePolicyRequest>(['RoleName', 'PolicyName', 'PolicyDocument'], (input) => {
      const role = requireRole(context, input.RoleName)
      const { PolicyName = '', PolicyDocument = '' } = input
      checkName('policyName', PolicyName)
      checkPolicy(PolicyDocument, 'inline')
      roles.set(role.name, { ...role, inline: { ...role.inline, [PolicyName]: PolicyDocument } })
      return {}
    }),
    GetRolePolicy: accepting<GetRolePolicyRequest>(['RoleName', 'PolicyName'], (input) => {
      const { name, document } = requireInline(context, input)
      const { RoleName, PolicyName } = input
      return { RoleName: RoleName ?? name, PolicyName, PolicyDocument: encodeURIComponent(document) }
    }),
    ListRolePolicies: accepting<ListRolePoliciesRequest>(['RoleName', 'Marker', 'MaxItems'], (input) => {
      const names = Object.keys(requireRole(context, input.RoleName).inline)
      const { items, more } = iamPage(names, (name) => name, input)
      return { PolicyNames: items, ...more }
    }),
    DeleteRolePolicy: accepting<DeleteRolePolicyRequest>(['RoleName', 'PolicyName'], (input) => {
      requireInline(context, input)
      const role = requireRole(context, input.RoleName)
      const rest = Object.entries(role.inline).filter(([name]) => name !== input.PolicyName)
      roles.set(role.name, { ...role, inline: Object.fromEntries(rest) })
      return {}
    }),
  }
}

function requireInline(context: IamContext, { RoleName, PolicyName = '' }: GetRolePolicyRequest) {
  const { name, inline } = requireRole(context, RoleName)
  const document = ownEntry(inline, PolicyName)
  if (document !== undefined) return { name, document }
  throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`)
}

function attachOperations(context: IamContext): Operations {
  const { roles } = context
  return {
    AttachRolePolicy: accepting<AttachRolePolicyRequest>(
      ['RoleName', 'PolicyArn'],
      ({ RoleName, PolicyArn = '' }) => {
        const role = requireRole(context, RoleName)
        if (!isPolicyArn(PolicyArn)) throw invalidInput(`ARN ${PolicyArn} is not valid.`)
        if (!isManagedByAws(PolicyArn) && !context.policies.has(PolicyArn)) {
          throw noSuchEntity(`Policy ${PolicyArn} does not exist or is not attachable.`)
        }
        roles.set(role.name, { ...role, attached: [...new Set([...role.attached, PolicyArn])] })
        return {}
      },
    ),
    DetachRolePolicy: accepting<DetachRolePolicyRequest>(
      ['RoleName', 'PolicyArn'],
      ({ RoleName, PolicyArn = '' }) => {
        const role = requireRole(context, RoleName)
        if (!role.attached.includes(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`)
        roles.set(role.name, { ...role, attached: role.attached.filter((arn) => arn !== PolicyArn) })
        return {}
      },
    ),
    ListAttachedRolePolicies: accepting<ListAttachedRolePoliciesRequest>(
      ['RoleName', 'PathPrefix', 'Marker', 'MaxItems'],
      (input) => {
        const { PathPrefix = '/' } = input
        const { attached } = requireRole(context, input.RoleName)
        const found = attached.filter((arn) => arn.slice(arn.indexOf('/')).startsWith(PathPrefix))
        const { items, more } = iamPage(found, (arn) => arn, input)
        const AttachedPolicies = items.map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn }))
        return { AttachedPolicies, ...more }
      },
    ),
  }
}
