import { isCode } from '../../errors/error.ts'
import type { AskedCalls, Simulation } from '../../ports/iam/simulation.ts'
import type { IamApi } from './api.ts'
import { decisionsOf } from './decisions.ts'

/** IAM's simulator over its API. */
export function iamSimulation(api: IamApi): Simulation {
  return {
    async principalOf(callerArn) {
      const [, partition, account, role] = sessionPattern.exec(callerArn) ?? []
      if (role !== undefined)
        return (await arnOfRole(api, role)) ?? `arn:${partition}:iam::${account}:role/${role}`
      return /^arn:[^:]+:iam::\d{12}:user\//.test(callerArn) ? callerArn : undefined
    },
    async decide(principal, asked) {
      const { pages, sdk } = await api()
      const answers = await pages(
        `simulate the permissions of ${principal}`,
        sdk.paginateSimulatePrincipalPolicy,
        requestOf(principal, asked),
      )
      return answers
        .flatMap(({ EvaluationResults = [] }) => EvaluationResults)
        .flatMap((result) => decisionsOf(result, asked.resources))
    },
  }
}

/** As in `arn:aws:sts::123456789012:assumed-role/deployer/ada`: the role's path is not in it. */
const sessionPattern = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//

/** Undefined if the caller may not read it: most roles have no path. */
async function arnOfRole(api: IamApi, RoleName: string): Promise<string | undefined> {
  const { call, sdk } = await api()
  try {
    const { Role } = await call(`read the role ${RoleName}`, new sdk.GetRoleCommand({ RoleName }))
    return Role?.Arn
  } catch (error) {
    if (isCode(error, 'NOT_PERMITTED') || isCode(error, 'NOT_FOUND')) return undefined
    throw error
  }
}

function requestOf(principal: string, { actions, resources, facts }: AskedCalls) {
  return {
    PolicySourceArn: principal,
    ActionNames: [...actions],
    ResourceArns: [...resources],
    ContextEntries: Object.entries(facts).map(([ContextKeyName, value]) => ({
      ContextKeyName,
      ContextKeyType: 'string' as const,
      ContextKeyValues: [value],
    })),
  }
}
