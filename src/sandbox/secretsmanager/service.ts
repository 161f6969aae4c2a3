import { createHash, randomUUID } from 'node:crypto'
import * as secretsManager from '@aws-sdk/client-secrets-manager'
import { type Call, operationSchemas, type Service } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { KeptMap } from '../state/kept-map.ts'
import type { Persistent } from '../state/persistent.ts'

interface Secret {
  name: string
  arn: string
  text: string | undefined
  version: string
  /** Milliseconds since the epoch. */
  created: number
}

/** Secrets Manager: secrets with their current value, by Region and name. */
export function secretsManagerService(clock: () => number): { service: Service; persistent: Persistent[] } {
  const secrets = new KeptMap<Secret>('secret')
  const find = (call: Call, id = ''): Secret | undefined =>
    secrets.get(`${call.region} ${id}`) ?? [...secrets.values()].find(({ arn }) => isArnOf(id, arn))
  const operations = {
    CreateSecret: (input: secretsManager.CreateSecretRequest, call: Call) => {
      const { Name = '', SecretString } = input
      if (find(call, Name)) throw exists(Name)
      const arn = arnOf(call, Name)
      const secret = { name: Name, arn, text: SecretString, version: randomUUID(), created: clock() }
      secrets.set(keyOf(secret), secret)
      return identity(secret)
    },
    PutSecretValue: (input: secretsManager.PutSecretValueRequest, call: Call) => {
      const found = find(call, input.SecretId)
      if (!found) throw notFound()
      const secret = { ...found, text: input.SecretString, version: randomUUID() }
      secrets.set(keyOf(secret), secret)
      return { ...identity(secret), VersionStages: ['AWSCURRENT'] }
    },
    GetSecretValue: (
      input: secretsManager.GetSecretValueRequest,
      call: Call,
    ): secretsManager.GetSecretValueResponse => {
      const secret = find(call, input.SecretId)
      if (!secret) throw notFound()
      return {
        ...identity(secret),
        SecretString: secret.text,
        VersionStages: ['AWSCURRENT'],
        CreatedDate: new Date(secret.created),
      }
    },
  }
  return {
    service: {
      signingName: 'secretsmanager',
      protocol: { kind: 'awsJson', version: '1.1', target: 'secretsmanager' },
      schemas: operationSchemas(secretsManager),
      operations,
    },
    persistent: [secrets],
  }
}

/** By the Region of its ARN: a call in another Region may name the secret. */
function keyOf({ arn, name }: Secret): string {
  return `${arn.split(':')[3]} ${name}`
}

function identity({ arn, name, version }: Secret) {
  return { ARN: arn, Name: name, VersionId: version }
}

/** An ARN ends with six random characters, which a caller may leave out. */
function isArnOf(id: string, arn: string): boolean {
  return id.startsWith('arn:') && (id === arn || id === arn.slice(0, -7))
}

function arnOf({ region, account }: Call, name: string): string {
  const ending = createHash('sha256').update(name).digest('hex').slice(0, 6)
  return `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${ending}`
}

function notFound(): ServiceError {
  return new ServiceError(
    'ResourceNotFoundException',
    400,
    "Secrets Manager can't find the specified secret.",
  )
}

function exists(name: string): ServiceError {
  return new ServiceError(
    'ResourceExistsException',
    400,
    `The operation failed because the secret ${name} already exists.`,
  )
}
