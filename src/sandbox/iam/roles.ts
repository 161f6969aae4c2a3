import type {
  CreateRoleRequest,
  DeleteRoleRequest,
  GetRoleRequest,
  ListInstanceProfilesForRoleRequest,
  ListRolesRequest,
  ListRoleTagsRequest,
  Role as RoleOutput,
  TagRoleRequest,
  UntagRoleRequest,
  UpdateAssumeRolePolicyRequest,
  UpdateRoleRequest,
} from '@aws-sdk/client-iam'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { roleId } from '../sts/sessions.ts'
import { iamPage } from './paging.ts'
import { statementsOf } from './policy/document.ts'
import {
  arnOf,
  conflict,
  type IamContext,
  invalidInput,
  type Role,
  requireRole,
  tagList,
  tagsOf,
} from './records.ts'

/** The default of the longest session of a role, seconds. */
const anHour = 3600

export function roleOperations(context: IamContext): Operations {
  const { roles } = context
  const change = (name: string | undefined, changes: Partial<Role>) => {
    const role = { ...requireRole(context, name), ...changes }
    roles.set(role.name, role)
    return role
  }
  return {
    CreateRole: accepting<CreateRoleRequest>(
      ['Path', 'RoleName', 'AssumeRolePolicyDocument', 'Description', 'MaxSessionDuration', 'Tags'],
      (input, call) => ({ Role: outputOf(createRole(context, input, call)) }),
    ),
    GetRole: accepting<GetRoleRequest>(['RoleName'], ({ RoleName }) => ({
      Role: { ...outputOf(requireRole(context, RoleName)), RoleLastUsed: {} },
    })),
    ListRoles: accepting<ListRolesRequest>(['PathPrefix', 'Marker', 'MaxItems'], (input) => {
      const { PathPrefix = '/' } = input
      const found = [...roles.values()].filter(({ path }) => path.startsWith(PathPrefix))
      const { items, more } = iamPage(found, ({ name }) => name, input)
      return { Roles: items.map(outputOf), ...more }
    }),
    UpdateRole: accepting<UpdateRoleRequest>(['RoleName', 'Description', 'MaxSessionDuration'], (input) => {
      const { RoleName, Description: description, MaxSessionDuration } = input
      const longestSession = MaxSessionDuration ?? anHour
      change(RoleName, { ...(description !== undefined && { description }), longestSession })
      return {}
    }),
    UpdateAssumeRolePolicy: accepting<UpdateAssumeRolePolicyRequest>(
      ['RoleName', 'PolicyDocument'],
      (input) => {
        const { PolicyDocument: trust = '' } = input
        statementsOf(trust, 'trust')
        change(input.RoleName, { trust })
        return {}
      },
    ),
    DeleteRole: accepting<DeleteRoleRequest>(['RoleName'], ({ RoleName }) => {
      const { name, attached, inline } = requireRole(context, RoleName)
      if (attached.length > 0) {
        throw conflict('DeleteConflict', 'Cannot delete entity, must detach all policies first.')
      }
      if (Object.keys(inline).length > 0) {
        throw conflict('DeleteConflict', 'Cannot delete entity, must delete policies first.')
      }
      roles.delete(name)
      return {}
    }),
    ...roleTagOperations(context),
    // There are no instance profiles here.
    ListInstanceProfilesForRole: accepting<ListInstanceProfilesForRoleRequest>(
      ['RoleName', 'MaxItems'],
      ({ RoleName }) => {
        requireRole(context, RoleName)
        return { InstanceProfiles: [], IsTruncated: false }
      },
    ),
  }
}

function roleTagOperations(context: IamContext): Operations {
  const change = (role: Role, tags: Role['tags']) => void context.roles.set(role.name, { ...role, tags })
  return {
    TagRole: accepting<TagRoleRequest>(['RoleName', 'Tags'], ({ RoleName, Tags }) => {
      const role = requireRole(context, RoleName)
      change(role, { ...role.tags, ...tagsOf(Tags) })
      return {}
    }),
    UntagRole: accepting<UntagRoleRequest>(['RoleName', 'TagKeys'], ({ RoleName, TagKeys = [] }) => {
      const role = requireRole(context, RoleName)
      const rest = Object.entries(role.tags).filter(([key]) => !TagKeys.includes(key))
      change(role, Object.fromEntries(rest))
      return {}
    }),
    ListRoleTags: accepting<ListRoleTagsRequest>(['RoleName'], ({ RoleName }) => ({
      Tags: tagList(requireRole(context, RoleName).tags),
      IsTruncated: false,
    })),
  }
}

function createRole({ roles, clock }: IamContext, input: CreateRoleRequest, call: Call): Role {
  const { RoleName: name = '', Path: path = '/', AssumeRolePolicyDocument: trust = '' } = input
  checkName('roleName', name)
  if (!/^\/(?:[!-~]+\/)?$/.test(path)) throw invalidInput('The specified value for path is invalid.')
  statementsOf(trust, 'trust')
  if (roles.has(name)) throw conflict('EntityAlreadyExists', `Role with name ${name} already exists.`)
  const role: Role = {
    name,
    path,
    arn: arnOf(call, 'role', path, name),
    trust,
    description: input.Description,
    longestSession: input.MaxSessionDuration ?? anHour,
    tags: tagsOf(input.Tags),
    created: clock(),
    inline: {},
    attached: [],
  }
  roles.set(name, role)
  return role
}

/** @throws ServiceError 400 */
export function checkName(field: string, name: string): void {
  if (/^[\w+=,.@-]+$/.test(name)) return
  throw invalidInput(
    `The specified value for ${field} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  )
}

function outputOf(role: Role): RoleOutput {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: roleId(role.arn),
    Arn: role.arn,
    CreateDate: new Date(role.created),
    AssumeRolePolicyDocument: encodeURIComponent(role.trust),
    ...(role.description !== undefined && { Description: role.description }),
    MaxSessionDuration: role.longestSession,
    ...(Object.keys(role.tags).length > 0 && { Tags: tagList(role.tags) }),
  }
}
