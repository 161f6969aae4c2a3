import type {
  CreateRoleRequest,
  DeleteRoleRequest,
  GetRoleRequest,
  ListInstanceProfilesForRoleRequest,
  ListRolesRequest,
  UpdateAssumeRolePolicyRequest,
  UpdateRoleDescriptionRequest,
  UpdateRoleRequest,
} from '@aws-sdk/client-iam'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { checkBoundary } from './boundaries.ts'
import { createdRole, describedRole, listedRole, readRole } from './outputs.ts'
import { iamPage } from './paging.ts'
import { checkTrust } from './policy/check-document.ts'
import { arnOf, conflict, type IamContext, invalidInput, type Role, requireRole } from './records.ts'
import { roleTags } from './tags.ts'

/** The default of the longest session of a role, seconds. */
const anHour = 3600

export function roleOperations(context: IamContext): Operations {
  const { roles } = context
  return {
    CreateRole: accepting<CreateRoleRequest>(
      [
        'Path',
        'RoleName',
        'AssumeRolePolicyDocument',
        'Description',
        'MaxSessionDuration',
        'PermissionsBoundary',
        'Tags',
      ],
      (input, call) => ({ Role: createdRole(createRole(context, input, call)) }),
    ),
    GetRole: accepting<GetRoleRequest>(['RoleName'], ({ RoleName }) => ({
      Role: readRole(requireRole(context, RoleName)),
    })),
    ListRoles: accepting<ListRolesRequest>(['PathPrefix', 'Marker', 'MaxItems'], (input) => {
      const { PathPrefix = '/' } = input
      const found = [...roles.values()].filter(({ path }) => path.startsWith(PathPrefix))
      const { items, more } = iamPage(found, ({ name }) => name, input)
      return { Roles: items.map(listedRole), ...more }
    }),
    ...changeOperations(context),
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

function changeOperations(context: IamContext): Operations {
  const change = (name: string | undefined, changes: Partial<Role>) => {
    const role = { ...requireRole(context, name), ...changes }
    context.roles.set(role.name, role)
    return role
  }
  return {
    UpdateRole: accepting<UpdateRoleRequest>(['RoleName', 'Description', 'MaxSessionDuration'], (input) => {
      const { RoleName, Description: description, MaxSessionDuration } = input
      change(RoleName, {
        ...(description !== undefined && { description }),
        ...(MaxSessionDuration !== undefined && { longestSession: MaxSessionDuration }),
      })
      return {}
    }),
    UpdateRoleDescription: accepting<UpdateRoleDescriptionRequest>(
      ['RoleName', 'Description'],
      ({ RoleName, Description }) => ({
        Role: describedRole(change(RoleName, { description: Description })),
      }),
    ),
    UpdateAssumeRolePolicy: accepting<UpdateAssumeRolePolicyRequest>(
      ['RoleName', 'PolicyDocument'],
      (input) => {
        const { PolicyDocument: trust = '' } = input
        checkTrust(trust)
        change(input.RoleName, { trust })
        return {}
      },
    ),
  }
}

function createRole(context: IamContext, input: CreateRoleRequest, call: Call): Role {
  const { roles, clock } = context
  const { RoleName: name = '', Path: path = '/', AssumeRolePolicyDocument: trust = '' } = input
  checkName('roleName', name)
  if (!/^\/(?:[!-~]+\/)?$/.test(path)) throw invalidInput('The specified value for path is invalid.')
  checkTrust(trust)
  const tags = roleTags(input.Tags)
  if (roles.has(name)) throw conflict('EntityAlreadyExists', `Role with name ${name} already exists.`)
  checkBoundary(context, input.PermissionsBoundary)
  const role: Role = {
    name,
    path,
    arn: arnOf(call, 'role', path, name),
    trust,
    description: input.Description,
    longestSession: input.MaxSessionDuration ?? anHour,
    tags,
    boundary: input.PermissionsBoundary,
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
