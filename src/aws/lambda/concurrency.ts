import {
  DeleteFunctionConcurrencyCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  type ProvisionedConcurrencyConfigListItem,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  paginateListProvisionedConcurrencyConfigs,
} from '@aws-sdk/client-lambda'
import type { Concurrency, ProvisionedConcurrency } from '../../ports/concurrency.ts'
import { orRemoved } from '../answers/expected-errors.ts'
import type { LambdaApi } from './api.ts'

/** Reserved and provisioned concurrency over the Lambda API. */
export function lambdaConcurrency(api: LambdaApi): Concurrency {
  return { ...reservedConcurrency(api), ...provisionedConcurrency(api), account: accountConcurrency(api) }
}

type Reserved = Pick<Concurrency, 'reserved' | 'reserve' | 'unreserve'>

function reservedConcurrency({ call }: LambdaApi): Reserved {
  return {
    async reserved(functionName) {
      const answer = await call(
        `read the reserved concurrency of ${functionName}`,
        new GetFunctionConcurrencyCommand({ FunctionName: functionName }),
      )
      return answer.ReservedConcurrentExecutions
    },
    async reserve(functionName, amount) {
      const input = { FunctionName: functionName, ReservedConcurrentExecutions: amount }
      await call(`reserve concurrency for ${functionName}`, new PutFunctionConcurrencyCommand(input))
    },
    async unreserve(functionName) {
      await call(
        `remove the reserved concurrency of ${functionName}`,
        new DeleteFunctionConcurrencyCommand({ FunctionName: functionName }),
      )
    },
  }
}

type Provisioned = Pick<Concurrency, 'provisioned' | 'provision' | 'unprovision'>

function provisionedConcurrency({ call, pages }: LambdaApi): Provisioned {
  return {
    async provisioned(functionName) {
      const found = await pages(
        `read the provisioned concurrency of ${functionName}`,
        paginateListProvisionedConcurrencyConfigs,
        { FunctionName: functionName },
      )
      return found.flatMap(({ ProvisionedConcurrencyConfigs: configs = [] }) => configs.map(toProvisioned))
    },
    async provision(functionName, qualifier, amount) {
      const input = {
        FunctionName: functionName,
        Qualifier: qualifier,
        ProvisionedConcurrentExecutions: amount,
      }
      await call(
        `provision concurrency for ${functionName}:${qualifier}`,
        new PutProvisionedConcurrencyConfigCommand(input),
      )
    },
    async unprovision(functionName, qualifier) {
      const input = { FunctionName: functionName, Qualifier: qualifier }
      await orRemoved(
        call(
          `remove the provisioned concurrency of ${functionName}:${qualifier}`,
          new DeleteProvisionedConcurrencyConfigCommand(input),
        ),
      )
    },
  }
}

function accountConcurrency({ call }: LambdaApi): Concurrency['account'] {
  return async () => {
    const { AccountLimit } = await call("read the account's concurrency", new GetAccountSettingsCommand({}))
    return {
      limit: AccountLimit?.ConcurrentExecutions ?? 0,
      unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
    }
  }
}

function toProvisioned(item: ProvisionedConcurrencyConfigListItem): ProvisionedConcurrency {
  return {
    qualifier: item.FunctionArn?.split(':').at(-1) ?? '',
    requested: item.RequestedProvisionedConcurrentExecutions ?? 0,
    available: item.AvailableProvisionedConcurrentExecutions ?? 0,
    status: item.Status ?? 'IN_PROGRESS',
    reason: item.StatusReason,
    modified: toTime(item.LastModified),
  }
}

/** Lambda's form is `2026-11-21T10:00:00.000+0000`. */
function toTime(lastModified: string | undefined): number | undefined {
  const time = Date.parse(lastModified ?? '')
  return Number.isNaN(time) ? undefined : time
}
