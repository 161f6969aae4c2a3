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
import { attempt, attemptToRemove } from '../answers/translate.ts'
import type { LambdaApi } from './api.ts'

/** Reserved and provisioned concurrency over the Lambda API. */
export function lambdaConcurrency(api: LambdaApi): Concurrency {
  return { ...reservedConcurrency(api), ...provisionedConcurrency(api), account: accountConcurrency(api) }
}

type Reserved = Pick<Concurrency, 'reserved' | 'reserve' | 'unreserve'>

function reservedConcurrency({ client, control }: LambdaApi): Reserved {
  return {
    async reserved(functionName) {
      await control.take()
      const answer = await attempt(`read the reserved concurrency of ${functionName}`, () =>
        client.send(new GetFunctionConcurrencyCommand({ FunctionName: functionName })),
      )
      return answer.ReservedConcurrentExecutions
    },
    async reserve(functionName, amount) {
      const input = { FunctionName: functionName, ReservedConcurrentExecutions: amount }
      await control.take()
      await attempt(`reserve concurrency for ${functionName}`, () =>
        client.send(new PutFunctionConcurrencyCommand(input)),
      )
    },
    async unreserve(functionName) {
      await control.take()
      await attempt(`remove the reserved concurrency of ${functionName}`, () =>
        client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: functionName })),
      )
    },
  }
}

type Provisioned = Pick<Concurrency, 'provisioned' | 'provision' | 'unprovision'>

function provisionedConcurrency({ client, control }: LambdaApi): Provisioned {
  return {
    async provisioned(functionName) {
      const found: ProvisionedConcurrency[] = []
      await control.take()
      await attempt(`read the provisioned concurrency of ${functionName}`, async () => {
        const pages = paginateListProvisionedConcurrencyConfigs({ client }, { FunctionName: functionName })
        for await (const page of pages)
          found.push(...(page.ProvisionedConcurrencyConfigs ?? []).map(toProvisioned))
      })
      return found
    },
    async provision(functionName, qualifier, amount) {
      const input = {
        FunctionName: functionName,
        Qualifier: qualifier,
        ProvisionedConcurrentExecutions: amount,
      }
      await control.take()
      await attempt(`provision concurrency for ${functionName}:${qualifier}`, () =>
        client.send(new PutProvisionedConcurrencyConfigCommand(input)),
      )
    },
    async unprovision(functionName, qualifier) {
      const input = { FunctionName: functionName, Qualifier: qualifier }
      await control.take()
      await attemptToRemove(`remove the provisioned concurrency of ${functionName}:${qualifier}`, () =>
        client.send(new DeleteProvisionedConcurrencyConfigCommand(input)),
      )
    },
  }
}

function accountConcurrency({ client, control }: LambdaApi): Concurrency['account'] {
  return async () => {
    await control.take()
    const { AccountLimit } = await attempt("read the account's concurrency", () =>
      client.send(new GetAccountSettingsCommand({})),
    )
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

/** Lambda writes `2026-11-21T10:00:00.000+0000`. */
function toTime(lastModified: string | undefined): number | undefined {
  const time = Date.parse(lastModified ?? '')
  return Number.isNaN(time) ? undefined : time
}
