import * as secretsManager from '@aws-sdk/client-secrets-manager'
import { checked } from '../constraints/check-input.ts'
import constraints from '../constraints/models/secretsmanager.json' with { type: 'json' }
import { operationSchemas, type Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import { refusal } from './errors.ts'
import { lifecycleOperations } from './lifecycle.ts'
import { listSecretsOperation } from './list-secrets.ts'
import { stageOperations } from './stages.ts'
import { SecretStore } from './store.ts'
import { tagOperations } from './tags.ts'
import { valueOperations } from './values.ts'

/** Secrets Manager: secrets with their versions, by Region and name; README.md tells what it has. */
export function secretsManagerService(clock: () => number): { service: Service; persistent: Persistent[] } {
  const store = new SecretStore(clock)
  return {
    service: {
      signingName: 'secretsmanager',
      protocol: { kind: 'awsJson', version: '1.1', target: 'secretsmanager' },
      schemas: operationSchemas(secretsManager),
      operations: checked(
        {
          ...lifecycleOperations(store),
          ...valueOperations(store),
          ...stageOperations(store),
          ...listSecretsOperation(store),
          ...tagOperations(store),
        },
        constraints,
        (message) => refusal('ValidationException', message),
      ),
    },
    persistent: [store.kept],
  }
}
