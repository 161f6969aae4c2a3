import type {
  Concurrency,
  DeleteFunctionConcurrencyRequest,
  GetAccountSettingsResponse,
  GetFunctionConcurrencyRequest,
  PutFunctionConcurrencyRequest,
} from '@aws-sdk/client-lambda'
import { accountConcurrency } from '../../execution/model/throttle.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { largestZip } from '../code/code-store.ts'
import { largestUnzipped } from '../code/unzip.ts'
import type { LambdaContext } from '../records/context.ts'
import { arnOf, type FunctionRecord, requireFunction } from '../records/records.ts'
import { invalidParameter, untypedInvalidParameter } from '../requests/errors.ts'
import { parseReference } from '../requests/names.ts'
import { required } from '../requests/validation.ts'

/** The concurrency that must stay unreserved. */
export const leastUnreserved = 100

/** PutFunctionConcurrency, GetFunctionConcurrency, DeleteFunctionConcurrency and GetAccountSettings. */
export function concurrencyOperations(context: LambdaContext): Operations {
  return {
    PutFunctionConcurrency: (input: PutFunctionConcurrencyRequest, call) => put(context, input, call),
    GetFunctionConcurrency: (input: GetFunctionConcurrencyRequest, call): Concurrency => {
      const { reserved } = findRecord(context, call, input.FunctionName)
      return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved }
    },
    DeleteFunctionConcurrency: (input: DeleteFunctionConcurrencyRequest, call) => {
      const record = findRecord(context, call, input.FunctionName)
      record.reserved = undefined
      context.executor.reserve(arnOf(record), undefined)
      return {}
    },
    GetAccountSettings: (_input: object, call) => accountSettings(context, call),
  }
}

/** Returns a Region's concurrency without all reservations except the given function's. */
export function unreservedConcurrency(
  context: LambdaContext,
  region: string,
  except?: FunctionRecord,
): number {
  const others = context.store.all().filter((record) => record.region === region && record !== except)
  return others.reduce((left, { reserved = 0 }) => left - reserved, accountConcurrency)
}

/** The provisioned concurrency of all of a function's versions and aliases. */
export function totalProvisioned(record: FunctionRecord): number {
  return [...record.provisioned.values()].reduce((sum, { requested }) => sum + requested, 0)
}

function put(context: LambdaContext, input: PutFunctionConcurrencyRequest, call: Call): Concurrency {
  const wanted = required(input.ReservedConcurrentExecutions, 'reservedConcurrentExecutions')
  const record = findRecord(context, call, input.FunctionName)
  if (unreservedConcurrency(context, call.region, record) - wanted < leastUnreserved) {
    throw untypedInvalidParameter(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
    )
  }
  const provisioned = totalProvisioned(record)
  if (wanted < provisioned) {
    // Lambda's message has these blanks.
    throw untypedInvalidParameter(
      ` ReservedConcurrentExecutions  ${wanted} should not be lower than function's total provisioned concurrency [${provisioned}].`,
    )
  }
  record.reserved = wanted
  context.executor.reserve(arnOf(record), wanted)
  return { ReservedConcurrentExecutions: wanted }
}

function findRecord(context: LambdaContext, call: Call, functionName: string | undefined): FunctionRecord {
  const { name, qualifier } = parseReference(call, functionName)
  if (qualifier !== undefined) {
    throw invalidParameter(
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
    )
  }
  return requireFunction(context.store, call, { name, qualifier })
}

function accountSettings(context: LambdaContext, call: Call): GetAccountSettingsResponse {
  const records = context.store.all().filter((record) => record.region === call.region)
  const layers = context.layers.in(call.region).flatMap((layer) => layer.versions)
  const versions = records.flatMap((record) => [record.latest, ...record.versions.values()])
  return {
    AccountLimit: {
      TotalCodeSize: 80_530_636_800,
      CodeSizeUnzipped: largestUnzipped,
      CodeSizeZipped: largestZip,
      ConcurrentExecutions: accountConcurrency,
      UnreservedConcurrentExecutions: unreservedConcurrency(context, call.region),
    },
    AccountUsage: {
      TotalCodeSize: [...versions, ...layers].reduce((sum, { code }) => sum + code.size, 0),
      FunctionCount: records.length,
    },
  }
}
