import type {
  CreatePolicyRequest,
  DeletePolicyRequest,
  GetPolicyRequest,
  ListEntitiesForPolicyRequest,
  ListPoliciesRequest,
} from '@aws-sdk/client-iam'
import { accepting, notImplemented } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { roleId } from '../sts/sessions.ts'
import { createdPolicy, listedPolicy, readPolicy } from './outputs.ts'
import { iamPage } from './paging.ts'
import { checkPolicy } from './policy/check-document.ts'
import { arnOf, conflict, type IamContext, type Policy, requirePolicy } from './records.ts'
import { checkName } from './roles.ts'
import { policyTags } from './tags.ts'
import { anyPolicy } from './versions.ts'

export function policyOperations(context: IamContext): Operations {
  const { policies } = context
  return {
    CreatePolicy: accepting<CreatePolicyRequest>(
      ['PolicyName', 'Path', 'PolicyDocument', 'Description', 'Tags'],
      (input, call) => ({ Policy: createdPolicy(context, createPolicy(context, input, call)) }),
    ),
    GetPolicy: accepting<GetPolicyRequest>(['PolicyArn'], ({ PolicyArn }) => ({
      Policy: readPolicy(context, anyPolicy(context, PolicyArn)),
    })),
    ListPolicies: accepting<ListPoliciesRequest>(
      ['Scope', 'OnlyAttached', 'PathPrefix', 'Marker', 'MaxItems'],
      (input) => {
        if (input.Scope !== 'Local')
          throw notImplemented("the list of AWS's own policies (Scope other than Local)")
        const { PathPrefix = '/', OnlyAttached } = input
        const found = [...policies.values()]
          .filter(({ path }) => path.startsWith(PathPrefix))
          .filter((policy) => !OnlyAttached || holdersOf(context, policy.arn).length > 0)
        const { items, more } = iamPage(found, ({ name }) => name, input)
        return { Policies: items.map((policy) => listedPolicy(context, policy)), ...more }
      },
    ),
    DeletePolicy: accepting<DeletePolicyRequest>(['PolicyArn'], ({ PolicyArn }) => {
      const policy = requirePolicy(context, PolicyArn)
      const isBoundary = [...context.roles.values()].some(({ boundary }) => boundary === policy.arn)
      if (isBoundary || holdersOf(context, policy.arn).length > 0) {
        throw conflict('DeleteConflict', 'Cannot delete a policy attached to entities.')
      }
      if (policy.versions.length > 1) {
        throw conflict(
          'DeleteConflict',
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        )
      }
      policies.delete(policy.arn)
      return {}
    }),
    ListEntitiesForPolicy: accepting<ListEntitiesForPolicyRequest>(
      ['PolicyArn', 'MaxItems'],
      ({ PolicyArn = '' }) => ({
        PolicyGroups: [],
        PolicyUsers: [],
        PolicyRoles: holdersOf(context, PolicyArn).map(({ name, arn }) => ({
          RoleName: name,
          RoleId: roleId(arn),
        })),
        IsTruncated: false,
      }),
    ),
  }
}

function createPolicy({ policies, clock }: IamContext, input: CreatePolicyRequest, call: Call): Policy {
  const { PolicyName: name = '', Path: path = '/', PolicyDocument: document = '' } = input
  checkName('policyName', name)
  checkPolicy(document, 'managed')
  const arn = arnOf(call, 'policy', path, name)
  if (policies.has(arn)) {
    throw conflict(
      'EntityAlreadyExists',
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
    )
  }
  const created = clock()
  const versions = [{ id: 'v1', document, created }]
  const policy: Policy = {
    name,
    arn,
    path,
    description: input.Description,
    tags: policyTags(input.Tags),
    created,
    updated: created,
    defaultVersion: 'v1',
    versions,
    made: 1,
  }
  policies.set(arn, policy)
  return policy
}

function holdersOf({ roles }: IamContext, arn: string) {
  return [...roles.values()].filter(({ attached }) => attached.includes(arn))
}
