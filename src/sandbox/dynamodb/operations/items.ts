import type { DeleteItemInput, GetItemOutput, PutItemInput, UpdateItemInput } from '@aws-sdk/client-dynamodb'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { Action, Json } from '../engine/actions.ts'
import type { Ask } from '../engine/engine.ts'
import type { TablesContext } from './context.ts'
import { fromJson, toJson } from './json.ts'
import { describe } from './tables.ts'

/** Operations that are dynalite's own. */
const plain: readonly Action[] = [
  'BatchGetItem',
  'BatchWriteItem',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
]

/** Writes of one item each. */
const writes = ['PutItem', 'UpdateItem', 'DeleteItem'] as const

export function itemOperations({ engine }: TablesContext): Operations {
  const own = (name: Action) => (input: object, call: Call) =>
    engine(call).inTurn(async (ask) => fromJson(await ask(name, toJson(input))))
  const write = (name: Action) => (input: ItemWrite, call: Call) =>
    engine(call).inTurn(async (ask) => fromJson(await writeItem(ask, name, input)))
  return Object.fromEntries([
    ...plain.map((name) => [name, own(name)] as const),
    ...writes.map((name) => [name, write(name)] as const),
  ])
}

/** An input that writes one item, or checks it. */
type ItemWrite = Pick<
  PutItemInput & DeleteItemInput & UpdateItemInput,
  'TableName' | 'ReturnValuesOnConditionCheckFailure'
> &
  Partial<Pick<PutItemInput, 'Item'> & Pick<DeleteItemInput, 'Key'>>

/**
 * Writes an item.
 *
 * @throws ServiceError as DynamoDB does: if the condition of the write fails, with the item for which it failed
 */
export async function writeItem(ask: Ask, name: Action, input: ItemWrite, by: Ask = ask): Promise<Json> {
  const { ReturnValuesOnConditionCheckFailure: onFailure, ...own } = input
  try {
    return await by(name, toJson(own))
  } catch (error) {
    const isFailed = error instanceof ServiceError && error.code === 'ConditionalCheckFailedException'
    if (!isFailed || onFailure !== 'ALL_OLD') throw error
    const { TableName } = input
    const Key = keyOf(input, (await describe(ask, TableName)).KeySchema)
    const { Item } = (await ask('GetItem', toJson({ TableName, Key, ConsistentRead: true }))) as GetItemOutput
    throw new ServiceError(error.code, error.status, error.message, Item && { Item })
  }
}

/** The key of the item that a request writes. */
export function keyOf(
  { Item, Key = Item ?? {} }: Pick<ItemWrite, 'Item' | 'Key'>,
  schema: readonly { AttributeName?: string | undefined }[] = [],
): NonNullable<ItemWrite['Key']> {
  const names = new Set(schema.map(({ AttributeName }) => AttributeName))
  return Object.fromEntries(Object.entries(Key).filter(([name]) => names.has(name)))
}
