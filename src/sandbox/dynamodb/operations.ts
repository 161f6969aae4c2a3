import * as dynamodb from '@aws-sdk/client-dynamodb'
import { notImplemented } from '../protocol/accepting.ts'
import { type Call, type Operations, operationSchemas, type Service } from '../protocol/service.ts'
import { operationNames } from './operation-names.ts'
import type { Tables } from './tables.ts'

/** The operations that dynalite has, with the schemas of DynamoDB's client. */
export function dynamoDbOperations(
  tablesIn: (region: string) => Tables,
): Pick<Service, 'schemas' | 'operations'> {
  const ask = async (operation: string, input: object, { region }: Call) => {
    refuseDropped(operation, input)
    return fromJson(await tablesIn(region).ask(operation, toJson(input))) as object
  }
  const operations: Operations = Object.fromEntries(
    operationNames.map((name) => [name, (input: object, call: Call) => ask(name, input, call)]),
  )
  return { schemas: operationSchemas(dynamodb), operations }
}

const onFailure = 'ReturnValuesOnConditionCheckFailure'

/** Members that dynalite 4.0 takes without any effect. It only has indexes that their table is made with. */
const dropped: Readonly<Record<string, readonly string[]>> = {
  CreateTable: [
    'DeletionProtectionEnabled',
    'GlobalTableSettingsReplicationMode',
    'GlobalTableSourceArn',
    'OnDemandThroughput',
    'ResourcePolicy',
    'SSESpecification',
    'StreamSpecification',
    'TableClass',
    'Tags',
    'VectorIndexes',
    'WarmThroughput',
  ],
  UpdateTable: [
    'DeletionProtectionEnabled',
    'DisassociationProtectionEnabled',
    'GlobalSecondaryIndexUpdates',
    'GlobalTableSettingsReplicationMode',
    'GlobalTableWitnessUpdates',
    'MultiRegionConsistency',
    'OnDemandThroughput',
    'ReplicaUpdates',
    'SSESpecification',
    'StreamSpecification',
    'TableClass',
    'VectorIndexUpdates',
    'WarmThroughput',
  ],
  PutItem: [onFailure],
  UpdateItem: [onFailure],
  DeleteItem: [onFailure],
}

/** @throws ServiceError 501: nothing is taken and dropped in silence */
function refuseDropped(operation: string, input: object): void {
  const given = new Map(Object.entries(input).filter(([, value]) => value !== undefined && value !== 'NONE'))
  const unknown = dropped[operation]?.find((member) => given.has(member))
  if (unknown !== undefined) throw notImplemented(`the parameter ${unknown}`)
}

/** DynamoDB's JSON has bytes in Base64. */
function toJson(input: object): string {
  return JSON.stringify(input, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  )
}

/** The answer with bytes and times, as the schemas of the client encode them. */
function fromJson(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => fromJson(each, key === 'BS' ? 'B' : ''))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fromJson(each, name)]))
  // The value of an attribute is an object, whatever its name: a text at B is of its type.
  if (key === 'B' && typeof value === 'string') return Buffer.from(value, 'base64')
  return typeof value === 'number' && key.endsWith('DateTime') ? new Date(value * 1000) : value
}
