import * as sfn from '@aws-sdk/client-sfn'
import { checked } from '../../constraints/check-input.ts'
import constraints from '../../constraints/models/stepfunctions.json' with { type: 'json' }
import { operationSchemas, type Service } from '../../protocol/service.ts'
import { invalid } from '../errors.ts'
import type { StatesContext } from '../records.ts'
import { executionOperations } from './executions.ts'
import { listOperations } from './lists.ts'
import { machineOperations } from './machines.ts'
import { tagOperations } from './tags.ts'

/** The operations of Step Functions with the schemas of its client. */
export function statesOperations(context: StatesContext): Pick<Service, 'schemas' | 'operations'> {
  const operations = {
    ...machineOperations(context),
    ...executionOperations(context),
    ...listOperations(context),
    ...tagOperations(context),
  }
  return { schemas: operationSchemas(sfn), operations: checked(operations, constraints, invalid) }
}
