import * as ssm from '@aws-sdk/client-ssm'
import { checked } from '../constraints/check-input.ts'
import constraints from '../constraints/models/ssm.json' with { type: 'json' }
import { errorsWithMessage, operationSchemas, type Service } from '../protocol/service.ts'
import type { ReadSecret } from '../secretsmanager/service.ts'
import type { Persistent } from '../state/persistent.ts'
import { deleteOperations } from './delete-parameters.ts'
import { describeOperation } from './describe-parameters.ts'
import { invalid } from './errors.ts'
import { ParameterStore } from './parameter.ts'
import { putParameterOperation } from './put-parameter.ts'
import { readOperations } from './read-parameters.ts'
import { tagOperations } from './tags.ts'

/** Systems Manager's Parameter Store; README.md tells what it has. */
export function ssmService(
  clock: () => number,
  readSecret: ReadSecret = () => undefined,
): { service: Service; persistent: Persistent[] } {
  const store = new ParameterStore(clock)
  return {
    service: {
      signingName: 'ssm',
      protocol: {
        kind: 'awsJson',
        version: '1.1',
        target: 'AmazonSSM',
        capitalised: errorsWithMessage(ssm),
      },
      schemas: operationSchemas(ssm),
      operations: checked(
        {
          ...putParameterOperation(store),
          ...readOperations(store, readSecret),
          ...describeOperation(store),
          ...deleteOperations(store),
          ...tagOperations(store),
        },
        constraints,
        invalid,
      ),
    },
    persistent: [store.kept],
  }
}
