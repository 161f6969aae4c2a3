import type { Service } from '../protocol/service.ts'
import type { Part } from '../state/persistent.ts'
import { operationNames } from './operation-names.ts'
import type { Tables } from './tables.ts'

/** DynamoDB: tables in memory. dynalite and the client are loaded with the first request. */
export function dynamoDbService(): { service: Service; persistent: Part[]; close(): void } {
  const regions = new Map<string, Tables>()
  return {
    service: {
      signingName: 'dynamodb',
      protocol: { kind: 'awsJson', version: '1.0', target: 'DynamoDB_20120810' },
      schemas: new Map(),
      operations: {},
      deferred: {
        operationNames,
        async load() {
          const [{ dynamoDbOperations }, { openTables }] = await Promise.all([
            import('./operations.ts'),
            import('./tables.ts'),
          ])
          return dynamoDbOperations((region) => {
            const tables = regions.get(region) ?? openTables(region)
            regions.set(region, tables)
            return tables
          })
        },
      },
    },
    persistent: [],
    close() {
      for (const tables of regions.values()) tables.close()
    },
  }
}
