import type { Parameter, Parameters } from '../ports/parameters.ts'
import { ifThere } from './answers/expected-errors.ts'
import type { Connection } from './client/connection.ts'
import { loadService } from './client/load-service.ts'

/** GetParameters accepts at most ten names. */
const mostNames = 10

/** Parameter Store and Secrets Manager. */
export function awsParameters(connection: Connection): Parameters {
  const ssm = loadService(
    connection,
    'SSM',
    () => import('@aws-sdk/client-ssm'),
    ({ SSMClient }, config) => new SSMClient(config),
  )
  const secrets = loadService(
    connection,
    'Secrets Manager',
    () => import('@aws-sdk/client-secrets-manager'),
    ({ SecretsManagerClient }, config) => new SecretsManagerClient(config),
  )
  return {
    async parameters(names) {
      const { call, sdk } = await ssm()
      const found = new Map<string, Parameter>()
      for (let start = 0; start < names.length; start += mostNames) {
        const Names = names.slice(start, start + mostNames)
        const command = new sdk.GetParametersCommand({ Names, WithDecryption: true })
        const { Parameters: answered = [] } = await call(`read the parameters ${Names.join(', ')}`, command)
        for (const { Name = '', ARN = '', Selector = '', Value, Type } of answered) {
          // A parameter that was requested with a version or a label, or by its ARN, is returned under its plain name.
          if (Value === undefined) continue
          for (const name of [Name, ARN])
            found.set(`${name}${Selector}`, { value: Value, isSecure: Type === 'SecureString' })
        }
      }
      return found
    },
    async secret(id) {
      const { call, sdk } = await secrets()
      const command = new sdk.GetSecretValueCommand({ SecretId: id })
      const answer = await ifThere(call(`read the secret ${id}`, command))
      return answer?.SecretString
    },
  }
}
