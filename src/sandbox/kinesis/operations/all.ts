import * as kinesis from '@aws-sdk/client-kinesis'
import { checked } from '../../constraints/check-input.ts'
import constraints from '../../constraints/models/kinesis.json' with { type: 'json' }
import { operationSchemas, type Service } from '../../protocol/service.ts'
import { validation } from '../storage/errors.ts'
import type { KinesisStore } from '../storage/store.ts'
import { getOperations } from './get-records.ts'
import { putOperations } from './put-records.ts'
import { retentionOperations } from './retention.ts'
import { shardOperations } from './shards.ts'
import { streamOperations } from './streams.ts'
import { tagOperations } from './tags.ts'

/** The operations of Kinesis with the schemas of its client. */
export function kinesisOperations({
  store,
  clock,
}: {
  store: KinesisStore
  clock: () => number
}): Pick<Service, 'schemas' | 'operations'> {
  const operations = {
    ...streamOperations(store, clock),
    ...shardOperations(store),
    ...putOperations(store, clock),
    ...getOperations(store, clock),
    ...retentionOperations(store),
    ...tagOperations(store),
  }
  return { schemas: operationSchemas(kinesis), operations: checked(operations, constraints, validation) }
}
