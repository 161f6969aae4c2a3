import type {
  CreatePolicyRequest,
  CreatePolicyVersionRequest,
  DeletePolicyRequest,
  DeletePolicyVersionRequest,
  GetPolicyRequest,
  GetPolicyVersionRequest,
  ListEntitiesForPolicyRequest,
  ListPoliciesRequest,
  ListPolicyVersionsRequest,
  Policy as PolicyOutput,
  SetDefaultPolicyVersionRequest,
} from '@aws-sdk/client-iam'
import { accepting, notImplemented } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { roleId } from '../sts/sessions.ts'
import { isManagedByAws, managedDocument } from './managed.ts'
import { iamPage } from './paging.ts'
import { statementsOf } from './policy/document.ts'
import {
  arnOf,
  conflict,
  type IamContext,
  noSuchEntity,
  type Policy,
  type PolicyVersion,
  requirePolicy,
  tagList,
  tagsOf,
} from './records.ts'
import { checkName } from './roles.ts'

/** IAM's limit for the versions of a policy. */
const mostVersions = 5

export function policyOperations(context: IamContext): Operations {
  const { policies } = context
  return {
    CreatePolicy: accepting<CreatePolicyRequest>(
      ['PolicyName', 'Path', 'PolicyDocument', 'Description', 'Tags'],
      (input, call) => ({ Policy: outputOf(context, createPolicy(context, input, call)) }),
    ),
    GetPolicy: accepting<GetPolicyRequest>(['PolicyArn'], ({ PolicyArn }) => ({
      Policy: outputOf(context, anyPolicy(context, PolicyArn)),
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
        return { Policies: items.map((policy) => outputOf(context, policy)), ...more }
      },
    ),
    DeletePolicy: accepting<DeletePolicyRequest>(['PolicyArn'], ({ PolicyArn }) => {
      const policy = requirePolicy(context, PolicyArn)
      if (holdersOf(context, policy.arn).length > 0) {
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
    ...versionOperations(context),
  }
}

function versionOperations(context: IamContext): Operations {
  const { policies, clock } = context
  const change = (policy: Policy, changes: Partial<Policy>) =>
    void policies.set(policy.arn, { ...policy, ...changes, updated: clock() })
  return {
    CreatePolicyVersion: accepting<CreatePolicyVersionRequest>(
      ['PolicyArn', 'PolicyDocument', 'SetAsDefault'],
      ({ PolicyArn, PolicyDocument: document = '', SetAsDefault }) => {
        const policy = requirePolicy(context, PolicyArn)
        statementsOf(document, 'identity')
        if (policy.versions.length >= mostVersions) {
          throw conflict(
            'LimitExceeded',
            `A managed policy can have up to ${mostVersions} versions. Before you create a new version, you must delete an existing version.`,
          )
        }
        const latest = Math.max(...policy.versions.map(({ id }) => Number(id.slice(1))))
        const version = { id: `v${latest + 1}`, document, created: clock() }
        const next = SetAsDefault ? version.id : policy.defaultVersion
        change(policy, { versions: [...policy.versions, version], defaultVersion: next })
        const { Document: _, ...output } = versionOutput(version, next)
        return { PolicyVersion: output }
      },
    ),
    GetPolicyVersion: accepting<GetPolicyVersionRequest>(
      ['PolicyArn', 'VersionId'],
      ({ PolicyArn, VersionId }) => {
        const policy = anyPolicy(context, PolicyArn)
        return { PolicyVersion: versionOutput(requireVersion(policy, VersionId), policy.defaultVersion) }
      },
    ),
    ListPolicyVersions: accepting<ListPolicyVersionsRequest>(['PolicyArn', 'MaxItems'], ({ PolicyArn }) => {
      const { versions, defaultVersion } = anyPolicy(context, PolicyArn)
      const Versions = versions.toReversed().map((version) => {
        const { Document: _, ...output } = versionOutput(version, defaultVersion)
        return output
      })
      return { Versions, IsTruncated: false }
    }),
    SetDefaultPolicyVersion: accepting<SetDefaultPolicyVersionRequest>(
      ['PolicyArn', 'VersionId'],
      (input) => {
        const policy = requirePolicy(context, input.PolicyArn)
        change(policy, { defaultVersion: requireVersion(policy, input.VersionId).id })
        return {}
      },
    ),
    DeletePolicyVersion: accepting<DeletePolicyVersionRequest>(['PolicyArn', 'VersionId'], (input) => {
      const policy = requirePolicy(context, input.PolicyArn)
      const { id } = requireVersion(policy, input.VersionId)
      if (id === policy.defaultVersion) {
        throw conflict('DeleteConflict', 'Cannot delete the default version of a policy.')
      }
      change(policy, { versions: policy.versions.filter((version) => version.id !== id) })
      return {}
    }),
  }
}

function createPolicy({ policies, clock }: IamContext, input: CreatePolicyRequest, call: Call): Policy {
  const { PolicyName: name = '', Path: path = '/', PolicyDocument: document = '' } = input
  checkName('policyName', name)
  statementsOf(document, 'identity')
  const arn = arnOf(call, 'policy', path, name)
  if (policies.has(arn)) {
    throw conflict(
      'EntityAlreadyExists',
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
    )
  }
  const created = clock()
  const versions = [{ id: 'v1', document, created }]
  const about = { description: input.Description, tags: tagsOf(input.Tags) }
  const policy = { name, arn, path, ...about, created, updated: created, defaultVersion: 'v1', versions }
  policies.set(arn, policy)
  return policy
}

/** A policy, perhaps one of AWS's own. @throws ServiceError 404; 501 for a text that the sandbox does not have */
export function anyPolicy(context: IamContext, arn = ''): Policy {
  if (!isManagedByAws(arn)) return requirePolicy(context, arn)
  const document = managedDocument(arn)
  if (document === undefined) throw notImplemented(`the text of the policy ${arn}`)
  const name = arn.split('/').at(-1) ?? ''
  const path = arn.slice(arn.indexOf('/'), arn.length - name.length)
  const versions = [{ id: 'v1', document, created: 0 }]
  return { name, arn, path, tags: {}, created: 0, updated: 0, defaultVersion: 'v1', versions }
}

function requireVersion({ arn, versions }: Policy, id = ''): PolicyVersion {
  const found = versions.find((version) => version.id === id)
  if (!found) throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`)
  return found
}

function holdersOf({ roles }: IamContext, arn: string) {
  return [...roles.values()].filter(({ attached }) => attached.includes(arn))
}

function outputOf(context: IamContext, policy: Policy): PolicyOutput {
  return {
    PolicyName: policy.name,
    PolicyId: roleId(policy.arn).replace('AROA', 'ANPA'),
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: holdersOf(context, policy.arn).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    ...(policy.description !== undefined && { Description: policy.description }),
    CreateDate: new Date(policy.created),
    UpdateDate: new Date(policy.updated),
    Tags: tagList(policy.tags),
  }
}

function versionOutput({ id, document, created }: PolicyVersion, defaultVersion: string) {
  return {
    Document: encodeURIComponent(document),
    VersionId: id,
    IsDefaultVersion: id === defaultVersion,
    CreateDate: new Date(created),
  }
}
