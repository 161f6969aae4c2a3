import type {
  DeleteProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
  PutProvisionedConcurrencyConfigRequest,
} from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { LambdaContext } from '../records/context.ts'
import {
  arnOf,
  type FunctionRecord,
  lambdaTimestamp,
  type ProvisionedConfig,
  requireFunction,
  requireQualifier,
  requireVersion,
  resolveQualifier,
} from '../records/records.ts'
import { targetOf } from '../records/targets.ts'
import { invalidParameter } from '../requests/errors.ts'
import { functionArn, missingQualifier, parseReference } from '../requests/names.ts'
import { pageOf } from '../requests/paging.ts'
import { required } from '../requests/validation.ts'
import { checkProvisioning } from './provisioned-checks.ts'
import { releaseAlias, settleMove } from './provisioned-move.ts'

/** The four operations on provisioned concurrency. */
export function provisionedOperations(context: LambdaContext): Operations {
  return {
    PutProvisionedConcurrencyConfig: (input: PutProvisionedConcurrencyConfigRequest, call) =>
      put(context, input, call),
    GetProvisionedConcurrencyConfig: (input: GetProvisionedConcurrencyConfigRequest, call) =>
      get(context, input, call),
    ListProvisionedConcurrencyConfigs: (input: ListProvisionedConcurrencyConfigsRequest, call) =>
      list(context, input, call),
    DeleteProvisionedConcurrencyConfig: (input: DeleteProvisionedConcurrencyConfigRequest, call) =>
      remove(context, input, call),
  }
}

/** Returns IN_PROGRESS with zeros; the environments are warmed meanwhile. */
function put(
  context: LambdaContext,
  input: PutProvisionedConcurrencyConfigRequest,
  call: Call,
): GetProvisionedConcurrencyConfigResponse {
  const requested = required(input.ProvisionedConcurrentExecutions, 'provisionedConcurrentExecutions')
  const unpublished = 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.'
  const { record, qualifier } = lookUp(context, call, input, unpublished)
  checkProvisioning(context, record, qualifier, requested)
  const config = { requested, lastModified: lambdaTimestamp(context.clock()) }
  record.provisioned.set(qualifier, config)
  context.executor.provision(targetOf(context, resolveQualifier(record, call, qualifier)), requested)
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: 0,
    AllocatedProvisionedConcurrentExecutions: 0,
    Status: 'IN_PROGRESS',
    LastModified: config.lastModified,
  }
}

function get(
  context: LambdaContext,
  input: GetProvisionedConcurrencyConfigRequest,
  call: Call,
): GetProvisionedConcurrencyConfigResponse {
  const { record, qualifier } = lookUp(context, call, input)
  const config = record.provisioned.get(qualifier)
  if (!config) {
    throw new ServiceError(
      'ProvisionedConcurrencyConfigNotFoundException',
      404,
      'No Provisioned Concurrency Config found for this function',
      { Type: 'User' },
    )
  }
  return describe(context, record, qualifier, config)
}

function list(
  context: LambdaContext,
  input: ListProvisionedConcurrencyConfigsRequest,
  call: Call,
): ListProvisionedConcurrencyConfigsResponse {
  const reference = parseReference(call, input.FunctionName)
  const record = requireFunction(context.store, call, reference)
  const { items, next } = pageOf([...record.provisioned], ([qualifier]) => qualifier, input)
  return {
    ProvisionedConcurrencyConfigs: items.map(([qualifier, config]) => ({
      FunctionArn: functionArn(call, record.name, qualifier),
      ...describe(context, record, qualifier, config),
    })),
    NextMarker: next,
  }
}

/** Deleting a missing configuration is no error. */
function remove(
  context: LambdaContext,
  input: DeleteProvisionedConcurrencyConfigRequest,
  call: Call,
): object {
  const { record, qualifier } = lookUp(context, call, input)
  const alias = record.aliases.get(qualifier)
  if (alias) releaseAlias(context, record, alias)
  else if (record.provisioned.delete(qualifier)) {
    context.executor.provision(targetOf(context, requireVersion(record, call, qualifier)), 0)
  }
  return {}
}

/**
 * A missing function is reported as a missing alias or version of it.
 *
 * @param unpublished the text of the error for `$LATEST`
 */
function lookUp(
  context: LambdaContext,
  call: Call,
  input: { FunctionName: string | undefined; Qualifier: string | undefined },
  unpublished = 'The function resource provided must be an alias or a published version.',
): { record: FunctionRecord; qualifier: string } {
  const given = required(input.Qualifier, 'qualifier')
  const { name } = parseReference(call, input.FunctionName, given)
  if (given === '$LATEST') throw invalidParameter(unpublished)
  const record = context.store.find(call.region, name)
  if (!record) throw missingQualifier(call, name, given)
  requireQualifier(record, call, given)
  return { record, qualifier: given }
}

/** Reads the state from the executor, for the version that the qualifier has now. */
function describe(
  context: LambdaContext,
  record: FunctionRecord,
  qualifier: string,
  config: ProvisionedConfig,
): GetProvisionedConcurrencyConfigResponse {
  const alias = record.aliases.get(qualifier)
  if (alias) settleMove(context, record, alias)
  const state = context.executor.provisioned(arnOf(record), alias?.version ?? qualifier)
  const answer: GetProvisionedConcurrencyConfigResponse = {
    RequestedProvisionedConcurrentExecutions: config.requested,
    AvailableProvisionedConcurrentExecutions: state?.available ?? 0,
    AllocatedProvisionedConcurrentExecutions: state?.allocated ?? 0,
    Status: (state?.allocated ?? 0) >= config.requested ? 'READY' : 'IN_PROGRESS',
    LastModified: config.lastModified,
  }
  if (state?.failure === undefined) return answer
  return { ...answer, Status: 'FAILED', StatusReason: 'FUNCTION_ERROR_INIT_FAILURE' }
}
