import type { GetSecretValueResponse } from '@aws-sdk/client-secrets-manager'
import * as secretsManager from '@aws-sdk/client-secrets-manager'
import { checked } from '../constraints/check-input.ts'
import constraints from '../constraints/models/secretsmanager.json' with { type: 'json' }
import { type Call, errorsWithMessage, operationSchemas, type Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import { batchOperation } from './batch.ts'
import { refusal } from './errors.ts'
import { lifecycleOperations } from './lifecycle.ts'
import { listSecretsOperation } from './list-secrets.ts'
import { versionOf } from './secret.ts'
import { stageOperations } from './stages.ts'
import { SecretStore } from './store.ts'
import { tagOperations } from './tags.ts'
import { valueAnswer, valueOperations } from './values.ts'

/** Reads the current value of a secret for another service; undefined if there is no such secret. */
export type ReadSecret = (call: Call, id: string) => GetSecretValueResponse | undefined

/** Secrets Manager: secrets with their versions, by Region and name; README.md tells what it has. */
export function secretsManagerService(clock: () => number): {
  service: Service
  persistent: Persistent[]
  read: ReadSecret
} {
  const store = new SecretStore(clock)
  return {
    service: {
      signingName: 'secretsmanager',
      protocol: {
        kind: 'awsJson',
        version: '1.1',
        target: 'secretsmanager',
        capitalised: errorsWithMessage(secretsManager),
      },
      schemas: operationSchemas(secretsManager),
      operations: checked(
        {
          ...lifecycleOperations(store),
          ...valueOperations(store),
          ...batchOperation(store),
          ...stageOperations(store),
          ...listSecretsOperation(store),
          ...tagOperations(store),
        },
        constraints,
        (message) => refusal('ValidationException', message),
      ),
    },
    persistent: [store.kept],
    read(call, id) {
      const secret = store.find(call, id)
      return secret && valueAnswer(secret, versionOf(secret, undefined, undefined))
    },
  }
}
