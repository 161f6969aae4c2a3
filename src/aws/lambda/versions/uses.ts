import {
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetPolicyCommand,
  paginateListDurableExecutionsByFunction,
  paginateListEventSourceMappings,
} from '@aws-sdk/client-lambda'
import type { Versions } from '../../../ports/lambda/versions.ts'
import { ifThere } from '../../answers/expected-errors.ts'
import type { LambdaApi } from '../api.ts'
import { statementsOf } from '../policy-statements.ts'

/** The uses and the deletion of versions over the Lambda API. */
export function lambdaVersions({ call, pages }: LambdaApi): Versions {
  return {
    async delete(name, version) {
      const input = { FunctionName: name, Qualifier: version }
      await ifThere(call(`delete version ${version} of ${name}`, new DeleteFunctionCommand(input)))
    },

    async hasPolicy(name, version) {
      const input = { FunctionName: name, Qualifier: version }
      const action = `read the resource policy of ${name}:${version}`
      const answer = await ifThere(call(action, new GetPolicyCommand(input)))
      return statementsOf(answer?.Policy).length > 0
    },

    // A list by the function's name has no mapping of a version.
    async mapped(name) {
      const found = await pages('list the event source mappings', paginateListEventSourceMappings, {})
      return found
        .flatMap(({ EventSourceMappings = [] }) => EventSourceMappings)
        .flatMap(({ FunctionArn = '' }) => qualifierOf(FunctionArn, name))
    },

    // The ARN of an execution is that of its version, then its own names after slashes.
    async executing(name) {
      const found = await pages(
        `list the running durable executions of ${name}`,
        paginateListDurableExecutionsByFunction,
        { FunctionName: name, Statuses: ['RUNNING'] },
      )
      return found
        .flatMap(({ DurableExecutions = [] }) => DurableExecutions)
        .flatMap(({ DurableExecutionArn = '' }) => qualifierOf(DurableExecutionArn.split('/')[0] ?? '', name))
    },

    async codeStorage() {
      const command = new GetAccountSettingsCommand({})
      const { AccountLimit, AccountUsage } = await call("read the account's code storage", command)
      return { bytes: AccountUsage?.TotalCodeSize ?? 0, limitBytes: AccountLimit?.TotalCodeSize ?? 0 }
    },
  }
}

/** None for another function's ARN. */
function qualifierOf(arn: string, name: string): string[] {
  const [, , , , , , own, qualifier = '$LATEST'] = arn.split(':')
  return own === name ? [qualifier] : []
}
