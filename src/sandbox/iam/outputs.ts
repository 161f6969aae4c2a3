import type { Policy as PolicyOutput, Role as RoleOutput } from '@aws-sdk/client-iam'
import { roleId } from '../sts/sessions.ts'
import type { IamContext, Policy, Role } from './records.ts'
import { tagList } from './tags.ts'

/** A role that was created: IAM repeats neither its description nor its longest session. */
export function createdRole(role: Role): RoleOutput {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: roleId(role.arn),
    Arn: role.arn,
    CreateDate: new Date(role.created),
    AssumeRolePolicyDocument: encodeURIComponent(role.trust),
    ...(role.boundary !== undefined && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'Policy' as never,
        PermissionsBoundaryArn: role.boundary,
      },
    }),
    ...(Object.keys(role.tags).length > 0 && { Tags: tagList(role.tags) }),
  }
}

/** A role that is read by its name. */
export function readRole(role: Role): RoleOutput {
  return {
    ...createdRole(role),
    ...described(role),
    MaxSessionDuration: role.longestSession,
    RoleLastUsed: {},
  }
}

/** A role in a list, which has no tags and no boundary. */
export function listedRole(role: Role): RoleOutput {
  const { Tags: _, PermissionsBoundary: __, RoleLastUsed: ___, ...listed } = readRole(role)
  return listed
}

/** A role whose description was changed. */
export function describedRole(role: Role): RoleOutput {
  return { ...createdRole(role), ...described(role) }
}

function described({ description }: Role): Pick<RoleOutput, 'Description'> {
  return description === undefined ? {} : { Description: description }
}

/** A policy that is read by its ARN. */
export function readPolicy(context: IamContext, policy: Policy): PolicyOutput {
  return {
    ...listedPolicy(context, policy),
    ...(policy.description !== undefined && { Description: policy.description }),
    Tags: tagList(policy.tags),
  }
}

/** A policy that was created: IAM does not repeat its description. */
export function createdPolicy(context: IamContext, policy: Policy): PolicyOutput {
  const tags = tagList(policy.tags)
  return { ...listedPolicy(context, policy), ...(tags.length > 0 && { Tags: tags }) }
}

/** A policy in a list, which has neither tags nor description. */
export function listedPolicy({ roles }: IamContext, policy: Policy): PolicyOutput {
  const all = [...roles.values()]
  return {
    PolicyName: policy.name,
    PolicyId: roleId(policy.arn).replace('AROA', 'ANPA'),
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: all.filter(({ attached }) => attached.includes(policy.arn)).length,
    PermissionsBoundaryUsageCount: all.filter(({ boundary }) => boundary === policy.arn).length,
    IsAttachable: true,
    CreateDate: new Date(policy.created),
    UpdateDate: new Date(policy.updated),
  }
}
