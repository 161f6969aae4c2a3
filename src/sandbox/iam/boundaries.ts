import type {
  DeleteRolePermissionsBoundaryRequest,
  PutRolePermissionsBoundaryRequest,
} from '@aws-sdk/client-iam'
import { accepting } from '../protocol/accepting.ts'
import type { Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { isManagedByAws } from './managed.ts'
import { type IamContext, isPolicyArn, noSuchEntity, requireRole } from './records.ts'

/** The permissions boundary of a role. Only a simulation looks at it. */
export function boundaryOperations(context: IamContext): Operations {
  return {
    PutRolePermissionsBoundary: accepting<PutRolePermissionsBoundaryRequest>(
      ['RoleName', 'PermissionsBoundary'],
      ({ RoleName, PermissionsBoundary = '' }) => {
        const role = requireRole(context, RoleName)
        checkBoundary(context, PermissionsBoundary)
        context.roles.set(role.name, { ...role, boundary: PermissionsBoundary })
        return {}
      },
    ),
    DeleteRolePermissionsBoundary: accepting<DeleteRolePermissionsBoundaryRequest>(
      ['RoleName'],
      ({ RoleName }) => {
        const role = requireRole(context, RoleName)
        context.roles.set(role.name, { ...role, boundary: undefined })
        return {}
      },
    ),
  }
}

/** @throws ServiceError 400 for an ARN of another kind; 404 for a policy that is not there */
export function checkBoundary({ policies }: IamContext, arn: string | undefined): void {
  if (arn === undefined) return
  if (!isPolicyArn(arn)) throw new ServiceError('InvalidInput', 400, `ARN ${arn} is not valid.`)
  if (!isManagedByAws(arn) && !policies.has(arn)) {
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`)
  }
}
