import {
  type AliasConfiguration,
  CreateAliasCommand,
  GetAliasCommand,
  paginateListAliases,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda'
import type { Aliases, AliasSettings } from '../../ports/aliases.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { ifThere } from '../answers/expected-errors.ts'
import type { LambdaApi } from './api.ts'

/** Aliases over the Lambda API. */
export function lambdaAliases({ call, pages }: LambdaApi): Aliases {
  return {
    async get(functionName, alias) {
      const answer = await ifThere(
        call(
          `read the alias ${alias} of ${functionName}`,
          new GetAliasCommand({ FunctionName: functionName, Name: alias }),
        ),
      )
      return answer && toState(answer)
    },

    async list(functionName) {
      const input = { FunctionName: functionName }
      const found = await pages(`list the aliases of ${functionName}`, paginateListAliases, input)
      return found.flatMap(({ Aliases = [] }) => Aliases.map(toState))
    },

    async create(functionName, alias, settings) {
      const input = { FunctionName: functionName, Name: alias, ...toConfiguration(settings) }
      return toState(
        await call(`create the alias ${alias} of ${functionName}`, new CreateAliasCommand(input)),
      )
    },

    async update(functionName, alias, settings, revisionId) {
      const input = {
        FunctionName: functionName,
        Name: alias,
        RevisionId: revisionId,
        ...toConfiguration(settings),
      }
      return toState(
        await call(`update the alias ${alias} of ${functionName}`, new UpdateAliasCommand(input)),
      )
    },
  }
}

/** An empty map clears the weights; leaving RoutingConfig out would keep them. */
function toConfiguration({ version, weight, description }: AliasSettings) {
  return {
    FunctionVersion: version,
    Description: description,
    RoutingConfig: { AdditionalVersionWeights: weight ? { [weight.version]: weight.percent / 100 } : {} },
  }
}

function toState(answer: AliasConfiguration): AliasState {
  const [additional] = Object.entries(answer.RoutingConfig?.AdditionalVersionWeights ?? {})
  return {
    name: answer.Name ?? '',
    version: answer.FunctionVersion ?? '',
    ...(additional ? { weight: { version: additional[0], percent: toPercent(additional[1]) } } : {}),
    description: answer.Description ?? '',
    revisionId: answer.RevisionId ?? '',
  }
}

/** 0.07 × 100 is 7.000000000000001. */
function toPercent(share: number): number {
  return Math.round(share * 1e6) / 1e4
}
