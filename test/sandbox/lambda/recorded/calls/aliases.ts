import {
  CreateAliasCommand,
  type CreateAliasCommandInput,
  GetAliasCommand,
  GetFunctionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda'
import { arnOf, createActive, publishVersions } from '../../sandbox.ts'
import type { Scenarios } from '../replay.ts'

export const aliasCalls: Scenarios = {
  'TestLambdaAlias::test_alias_lifecycle': async ({ client, name, refused }) => {
    await createActive(client, name)
    await refused(client.send(new GetFunctionCommand({ FunctionName: name, Qualifier: 'aliasdoesnotexist' })))
    await refused(client.send(new GetFunctionCommand({ FunctionName: `${arnOf(name)}:aliasdoesnotexist` })))
  },
  'TestLambdaAlias::test_alias_naming': async ({ client, name, refused }) => {
    await createActive(client, name)
    const create = { FunctionName: name, Name: '2024', FunctionVersion: '$LATEST' }
    await refused(client.send(new CreateAliasCommand(create)))
  },
  'TestLambdaAlias::test_non_existent_alias_update': async ({ client, name, refused }) => {
    await createActive(client, name)
    await refused(client.send(new UpdateAliasCommand({ FunctionName: name, Name: 'non-existent' })))
  },
  'TestLambdaAlias::test_notfound_and_invalid_routingconfigs': async ({ client, name, refused }) => {
    await createActive(client, name)
    await publishVersions(client, name, 2)
    const create = (weights: Record<string, number>, other: Partial<CreateAliasCommandInput> = {}) =>
      client.send(
        new CreateAliasCommand({
          FunctionName: name,
          Name: 'custom',
          FunctionVersion: '1',
          RoutingConfig: { AdditionalVersionWeights: weights },
          ...other,
        }),
      )
    await refused(create({ 1: 0.8, 2: 0.2 }))
    await refused(create({ 2: 2 }))
    await refused(create({ 2: -1 }))
    await refused(create({ 1: 0.5 }))
    await refused(create({ 2: 0.5 }, { FunctionVersion: '10' }))
    await refused(create({ 10: 0.5 }))
    await refused(create({ 1: 0.5 }, { FunctionVersion: '$LATEST' }))
    await refused(create({ $LATEST: 0.5 }))
    await refused(create({ 2: 0.5 }, { FunctionName: `${name}-unknown` }))
    await create({}, { Name: 'custom-empty' })
    await create({ 2: 0.5 })
    await refused(create({ 2: 0.5 }))
    await refused(client.send(new GetAliasCommand({ FunctionName: name, Name: 'non-existent' })))
  },
}
