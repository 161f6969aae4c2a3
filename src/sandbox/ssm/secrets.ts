import type { Parameter } from '@aws-sdk/client-ssm'
import type { Call } from '../protocol/service.ts'
import type { ReadSecret } from '../secretsmanager/service.ts'
import { invalid, notFound } from './errors.ts'
import { arnOf } from './names.ts'

const start = '/aws/reference/secretsmanager/'

/** Tells whether a name of a parameter stands for a secret. */
export function isSecret(name: string): boolean {
  return name.startsWith(start)
}

/** A secret in the form of a parameter. @throws ServiceError 400 */
export function secretAsParameter(
  read: ReadSecret,
  call: Call,
  name: string,
  isDecrypted: boolean | undefined,
): Parameter {
  if (!isDecrypted) {
    throw invalid('WithDecryption flag must be True for retrieving a Secret Manager secret.')
  }
  const secret = read(call, name.slice(start.length))
  if (!secret) {
    throw notFound(
      `An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret ${name} not found.`,
    )
  }
  const { SecretString = '', CreatedDate } = secret
  return {
    Name: name,
    Type: 'SecureString',
    Value: SecretString,
    Version: 0,
    SourceResult: JSON.stringify({
      ARN: secret.ARN,
      name: secret.Name,
      versionId: secret.VersionId,
      secretString: SecretString,
      versionStages: secret.VersionStages,
      createdDate: CreatedDate,
    }),
    LastModifiedDate: CreatedDate,
    ARN: arnOf(call, name),
    DataType: 'text',
  }
}
