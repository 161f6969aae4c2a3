import {
  type AliasConfiguration,
  CreateAliasCommand,
  GetAliasCommand,
  paginateListAliases,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda'
import type { Aliases, AliasSettings } from '../../ports/aliases.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { attempt, attemptToFind } from '../answers/translate.ts'
import type { LambdaApi } from './api.ts'

/** Aliases over the Lambda API. */
export function lambdaAliases({ client, control }: LambdaApi): Aliases {
  return {
    async get(functionName, alias) {
      await control.take()
      const answer = await attemptToFind(`read the alias ${alias} of ${functionName}`, () =>
        client.send(new GetAliasCommand({ FunctionName: functionName, Name: alias })),
      )
      return answer && toState(answer)
    },

    async list(functionName) {
      const found: AliasState[] = []
      await control.take()
      await attempt(`list the aliases of ${functionName}`, async () => {
        for await (const page of paginateListAliases({ client }, { FunctionName: functionName }))
          found.push(...(page.Aliases ?? []).map(toState))
      })
      return found
    },

    async create(functionName, alias, settings) {
      await control.take()
      const input = { FunctionName: functionName, Name: alias, ...toConfiguration(settings) }
      return toState(
        await attempt(`create the alias ${alias} of ${functionName}`, () =>
          client.send(new CreateAliasCommand(input)),
        ),
      )
    },

    async update(functionName, alias, settings, revisionId) {
      await control.take()
      const input = {
        FunctionName: functionName,
        Name: alias,
        RevisionId: revisionId,
        ...toConfiguration(settings),
      }
      return toState(
        await attempt(`update the alias ${alias} of ${functionName}`, () =>
          client.send(new UpdateAliasCommand(input)),
        ),
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
