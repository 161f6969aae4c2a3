import type { Parameter, Parameters } from '../ports/parameters.ts'
import { attempt, attemptToFind } from './answers/translate.ts'
import type { Connection } from './client/connection.ts'
import { once } from './client/once.ts'
import { prepared } from './client/prepare-client.ts'

/** GetParameters takes at most ten names. */
const mostNames = 10

/** Parameter Store and Secrets Manager; the client of each is loaded when it is first asked. */
export function awsParameters(connection: Connection): Parameters {
  const ssm = once(async () => {
    const sdk = await import('@aws-sdk/client-ssm')
    return { ...sdk, client: prepared(new sdk.SSMClient(connection.clientFor('SSM')), connection) }
  })
  const secrets = once(async () => {
    const sdk = await import('@aws-sdk/client-secrets-manager')
    return {
      ...sdk,
      client: prepared(new sdk.SecretsManagerClient(connection.clientFor('Secrets Manager')), connection),
    }
  })
  return {
    async parameters(names) {
      const { client, GetParametersCommand } = await ssm()
      const found = new Map<string, Parameter>()
      for (let start = 0; start < names.length; start += mostNames) {
        const Names = names.slice(start, start + mostNames)
        const { Parameters: answered = [] } = await attempt(`read the parameters ${Names.join(', ')}`, () =>
          client.send(new GetParametersCommand({ Names, WithDecryption: true })),
        )
        for (const { Name = '', ARN = '', Selector = '', Value, Type } of answered) {
          // One that was asked for with a version or a label, or by its ARN, is answered by its plain name.
          if (Value === undefined) continue
          for (const name of [Name, ARN])
            found.set(`${name}${Selector}`, { value: Value, isSecure: Type === 'SecureString' })
        }
      }
      return found
    },
    async secret(id) {
      const { client, GetSecretValueCommand } = await secrets()
      const answer = await attemptToFind(`read the secret ${id}`, () =>
        client.send(new GetSecretValueCommand({ SecretId: id })),
      )
      return answer?.SecretString
    },
  }
}
