import * as dynamodb from '@aws-sdk/client-dynamodb'
import * as dynamodbStreams from '@aws-sdk/client-dynamodb-streams'
import db from 'dynalite/db/index.js'
import { checked } from '../../constraints/check-input.ts'
import constraints from '../../constraints/models/dynamodb.json' with { type: 'json' }
import streamConstraints from '../../constraints/models/dynamodbstreams.json' with { type: 'json' }
import { operationSchemas, type Service } from '../../protocol/service.ts'
import { Engine } from '../engine/engine.ts'
import type { RowStore } from '../row-store.ts'
import { recordOf } from '../streams/record-of.ts'
import type { TableStream } from '../streams/table-stream.ts'
import type { TablesContext } from './context.ts'
import { validation } from './errors.ts'
import { feedTable } from './feed.ts'
import { itemOperations } from './items.ts'
import { streamOperations } from './streams.ts'
import { tableOperations } from './tables.ts'
import { deleteExpired, timeToLiveOperations } from './time-to-live.ts'
import { transactionOperations } from './transactions.ts'

/** All that needs dynalite and the clients. */
export interface LoadedTables extends Pick<Service, 'schemas' | 'operations'> {
  feed(stream: TableStream, content: string): Promise<object>
  deleteExpired(): Promise<void>
}

/** The operations of DynamoDB and of DynamoDB Streams, with the schemas of their clients. */
export function loadTables(kept: Omit<TablesContext, 'engine'> & { rows: RowStore }): LoadedTables {
  const { streams, rows } = kept
  const engines = new Map<string, Engine>()
  const context: TablesContext = {
    ...kept,
    engine({ region, account }) {
      const present = engines.get(region)
      if (present) return present
      const engine: Engine = new Engine({
        region,
        account,
        ...rows.open(region, (restored) => engine.restore(restored)),
        onItem(change) {
          const opened = streams.enabled(region, change.table)
          const record = opened && recordOf(opened.stream, change, db.itemSize)
          if (record) streams.add(opened, record)
        },
      })
      engines.set(region, engine)
      return engine
    },
  }
  return {
    schemas: new Map([...operationSchemas(dynamodb), ...operationSchemas(dynamodbStreams)]),
    operations: {
      ...tableOperations(context),
      ...itemOperations(context),
      ...checked(
        { ...transactionOperations(context), ...timeToLiveOperations(context) },
        constraints,
        validation,
      ),
      ...checked(streamOperations(context), streamConstraints, validation),
    },
    feed: (stream, content) => feedTable(context, stream, content),
    deleteExpired: () => deleteExpired(context),
  }
}
