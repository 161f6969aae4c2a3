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
import type { Concurrency, ProvisionedConcurrency } from '../ports/concurrency.ts'
import { attempt } from './errors.ts'
import type { LambdaApi } from './lambda-api.ts'

/** Reserved and provisioned concurrency over the Lambda API. */
export function lambdaConcurrency({ client, control }: LambdaApi): Concurrency {
  const run = async <Answer>(action: string, call: () => Promise<Answer>) => {
    await control.take()
    return attempt(action, call)
  }
  return {
    async reserved(functionName) {
      const answer = await run(`read the reserved concurrency of ${functionName}`, () =>
        client.send(new GetFunctionConcurrencyCommand({ FunctionName: functionName })),
      )
      return answer.ReservedConcurrentExecutions
    },

    async reserve(functionName, amount) {
      const input = { FunctionName: functionName, ReservedConcurrentExecutions: amount }
      await run(`reserve concurrency for ${functionName}`, () =>
        client.send(new PutFunctionConcurrencyCommand(input)),
      )
    },

    async unreserve(functionName) {
      await run(`remove the reserved concurrency of ${functionName}`, () =>
        client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: functionName })),
      )
    },

    async provisioned(functionName) {
      const found: ProvisionedConcurrency[] = []
      await run(`read the provisioned concurrency of ${functionName}`, async () => {
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
      await run(`provision concurrency for ${functionName}:${qualifier}`, () =>
        client.send(new PutProvisionedConcurrencyConfigCommand(input)),
      )
    },

    async unprovision(functionName, qualifier) {
      await run(`remove the provisioned concurrency of ${functionName}:${qualifier}`, () =>
        client.send(
          new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: functionName, Qualifier: qualifier }),
        ),
      )
    },

    async account() {
      const { AccountLimit } = await run("read the account's concurrency", () =>
        client.send(new GetAccountSettingsCommand({})),
      )
      return {
        limit: AccountLimit?.ConcurrentExecutions ?? 0,
        unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
      }
    },
  }
}

function toProvisioned(item: ProvisionedConcurrencyConfigListItem): ProvisionedConcurrency {
  return {
    qualifier: item.FunctionArn?.split(':').at(-1) ?? '',
    requested: item.RequestedProvisionedConcurrentExecutions ?? 0,
    available: item.AvailableProvisionedConcurrentExecutions ?? 0,
    status: item.Status ?? 'IN_PROGRESS',
    reason: item.StatusReason,
  }
}
