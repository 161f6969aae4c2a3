import type {
  CreatePolicyVersionRequest,
  DeletePolicyVersionRequest,
  GetPolicyVersionRequest,
  ListPolicyVersionsRequest,
  SetDefaultPolicyVersionRequest,
} from '@aws-sdk/client-iam'
import { accepting, notImplemented } from '../protocol/accepting.ts'
import type { Operations } from '../protocol/service.ts'
import { isManagedByAws, managedDocument } from './managed.ts'
import { checkPolicy } from './policy/check-document.ts'
import {
  conflict,
  type IamContext,
  noSuchEntity,
  type Policy,
  type PolicyVersion,
  requirePolicy,
} from './records.ts'

/** IAM's limit for the versions of a policy. */
const mostVersions = 5

/** The versions of managed policies. */
export function versionOperations(context: IamContext): Operations {
  const { policies, clock } = context
  const change = (policy: Policy, changes: Partial<Policy>) =>
    void policies.set(policy.arn, { ...policy, ...changes, updated: clock() })
  return {
    CreatePolicyVersion: accepting<CreatePolicyVersionRequest>(
      ['PolicyArn', 'PolicyDocument', 'SetAsDefault'],
      ({ PolicyArn, PolicyDocument: document = '', SetAsDefault }) => {
        const policy = requirePolicy(context, PolicyArn)
        checkPolicy(document, 'managed')
        if (policy.versions.length >= mostVersions) {
          throw conflict(
            'LimitExceeded',
            `A managed policy can have up to ${mostVersions} versions. Before you create a new version, you must delete an existing version.`,
          )
        }
        const number = (policy.made ?? policy.versions.length) + 1
        const version = { id: `v${number}`, document, created: clock() }
        const next = SetAsDefault ? version.id : policy.defaultVersion
        change(policy, { versions: [...policy.versions, version], defaultVersion: next, made: number })
        const { Document: _, ...output } = versionOutput(version, next)
        return { PolicyVersion: output }
      },
    ),
    GetPolicyVersion: accepting<GetPolicyVersionRequest>(['PolicyArn', 'VersionId'], (input) => {
      const { policy, version } = requireVersion(context, input)
      return { PolicyVersion: versionOutput(version, policy.defaultVersion) }
    }),
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
        const { policy, version } = requireVersion(context, input)
        change(policy, { defaultVersion: version.id })
        return {}
      },
    ),
    DeletePolicyVersion: accepting<DeletePolicyVersionRequest>(['PolicyArn', 'VersionId'], (input) => {
      const { policy, version } = requireVersion(context, input)
      const { id } = version
      if (id === policy.defaultVersion) {
        throw conflict('DeleteConflict', 'Cannot delete the default version of a policy.')
      }
      change(policy, { versions: policy.versions.filter((each) => each.id !== id) })
      return {}
    }),
  }
}

/** A policy, perhaps one of AWS's own. @throws ServiceError 404; 501 for a text that the sandbox does not have */
export function anyPolicy(context: IamContext, arn = ''): Policy {
  if (!isManagedByAws(arn)) return requirePolicy(context, arn)
  const document = managedDocument(arn)
  if (document === undefined) throw notImplemented(`the text of the policy ${arn}`)
  const name = arn.split('/').at(-1) ?? ''
  const path = arn.slice(arn.indexOf('/'), arn.length - name.length)
  const versions = [{ id: 'v1', document, created: 0 }]
  return { name, arn, path, tags: {}, created: 0, updated: 0, defaultVersion: 'v1', versions, made: 1 }
}

/** A missing policy is reported as a missing version of it. */
function requireVersion(
  context: IamContext,
  { PolicyArn: arn = '', VersionId: id = '' }: GetPolicyVersionRequest,
): { policy: Policy; version: PolicyVersion } {
  const policy = isManagedByAws(arn) ? anyPolicy(context, arn) : context.policies.get(arn)
  const version = policy?.versions.find((each) => each.id === id)
  if (!policy || !version) {
    throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`)
  }
  return { policy, version }
}

function versionOutput({ id, document, created }: PolicyVersion, defaultVersion: string) {
  return {
    Document: encodeURIComponent(document),
    VersionId: id,
    IsDefaultVersion: id === defaultVersion,
    CreateDate: new Date(created),
  }
}
