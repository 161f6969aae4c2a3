import { randomUUID } from 'node:crypto'
import { LambdactlError } from '../../../errors/error.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { itemFrom } from '../streams/sample-item.ts'
import type { TableStream } from '../streams/table-stream.ts'
import type { TablesContext } from './context.ts'
import { describe } from './tables.ts'

/**
 * Puts an item into the table of a stream.
 *
 * @param content the item as JSON; keys that it has not get values of their own, since equal items change nothing
 * @returns the item
 * @throws LambdactlError USAGE if the content is no item for the table
 */
export async function feedTable(
  { engine, clock }: TablesContext,
  { region, table, arn }: TableStream,
  content: string,
): Promise<object> {
  const given = itemFrom(content)
  if (!given) throw noItem(table, `its content is no JSON object`)
  const account = arn.split(':')[4] ?? ''
  return await engine({ region, account }).inTurn(async (ask) => {
    const { KeySchema = [], AttributeDefinitions = [] } = await describe(ask, table)
    const keys = KeySchema.map(({ AttributeName: name = '' }): [string, object] => {
      const type = AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType
      return [name, sampleOf(type, clock())]
    })
    const item = { ...Object.fromEntries(keys), ...given }
    try {
      await ask('PutItem', { TableName: table, Item: item })
    } catch (error) {
      throw error instanceof ServiceError ? noItem(table, error.message) : error
    }
    return { item }
  })
}

function sampleOf(type: string | undefined, now: number): object {
  if (type === 'N') return { N: String(now) }
  const text = `sample-${randomUUID().slice(0, 8)}`
  return type === 'B' ? { B: Buffer.from(text).toString('base64') } : { S: text }
}

function noItem(table: string, why: string): LambdactlError {
  return new LambdactlError('USAGE', `Expected an item for the table ${table}: ${why}.`, {
    next: ['Write an item with the key of the table into the file: echo \'{"id": "order-7"}\' > item.json'],
  })
}
