import type {
  GetRuntimeManagementConfigRequest,
  GetRuntimeManagementConfigResponse,
  PutRuntimeManagementConfigRequest,
  PutRuntimeManagementConfigResponse,
} from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../../protocol/service.ts'
import type { RuntimeManagement } from '../records/attached.ts'
import type { LambdaContext } from '../records/context.ts'
import { requireFunction, requireVersion } from '../records/records.ts'
import { invalidParameter } from '../requests/errors.ts'
import { functionArn, isAliasName, parseReference } from '../requests/names.ts'
import { required } from '../requests/validation.ts'

/**
 * Get- and PutRuntimeManagementConfig: stored by version; the sandbox always runs its own runtime. A new version begins
 * with `Auto`; Lambda's initial value is not documented.
 */
export function runtimeManagementOperations(context: LambdaContext): Operations {
  return {
    GetRuntimeManagementConfig: (input: GetRuntimeManagementConfigRequest, call) => {
      const { record, version, arn } = find(context, input, call)
      return answer(arn, record.runtimeManagement?.[version] ?? { on: 'Auto' })
    },
    PutRuntimeManagementConfig: (
      input: PutRuntimeManagementConfigRequest,
      call,
    ): PutRuntimeManagementConfigResponse => {
      const on = required(input.UpdateRuntimeOn, 'updateRuntimeOn')
      const { record, version, arn } = find(context, input, call)
      if ((on === 'Manual') !== (input.RuntimeVersionArn !== undefined)) {
        throw invalidParameter('A runtime version goes with the runtime update mode Manual, and only there.')
      }
      const config = { on, ...(on === 'Manual' && { arn: input.RuntimeVersionArn }) }
      record.runtimeManagement = { ...record.runtimeManagement, [version]: config }
      const { UpdateRuntimeOn, RuntimeVersionArn } = answer(arn, config)
      return { FunctionArn: arn, UpdateRuntimeOn, RuntimeVersionArn }
    },
  }
}

function find(
  context: LambdaContext,
  input: { FunctionName: string | undefined; Qualifier?: string | undefined },
  call: Call,
) {
  const { name, qualifier: version = '$LATEST' } = parseReference(call, input.FunctionName, input.Qualifier)
  const record = requireFunction(context.store, call, { name, qualifier: undefined })
  if (isAliasName(version)) throw invalidParameter(`${version} is neither $LATEST nor a version's number.`)
  const { PackageType } = requireVersion(record, call, version).configuration
  if (PackageType === 'Image') {
    throw invalidParameter('Runtime management is not available for functions of container images.')
  }
  return { record, version, arn: functionArn(call, name, version) }
}

function answer(arn: string, { on, arn: runtime }: RuntimeManagement): GetRuntimeManagementConfigResponse {
  return { FunctionArn: arn, UpdateRuntimeOn: on, RuntimeVersionArn: runtime }
}
