import * as dynamodb from '@aws-sdk/client-dynamodb'
import { type Call, type Operations, operationSchemas, type Service } from '../protocol/service.ts'
import { operationNames } from './operation-names.ts'
import type { Tables } from './tables.ts'

/** The operations that dynalite has, with the schemas of DynamoDB's client. */
export function dynamoDbOperations(
  tablesIn: (region: string) => Tables,
): Pick<Service, 'schemas' | 'operations'> {
  const ask = async (operation: string, input: object, { region }: Call) =>
    fromJson(await tablesIn(region).ask(operation, toJson(input))) as object
  const operations: Operations = Object.fromEntries(
    operationNames.map((name) => [name, (input: object, call: Call) => ask(name, input, call)]),
  )
  return { schemas: operationSchemas(dynamodb), operations }
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
