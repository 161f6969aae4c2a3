import type {
  AttributeValue,
  DescribeTimeToLiveInput,
  DescribeTimeToLiveOutput,
  ScanOutput,
  UpdateTimeToLiveInput,
  UpdateTimeToLiveOutput,
} from '@aws-sdk/client-dynamodb'
import type { Operations } from '../../protocol/service.ts'
import type { TablesContext } from './context.ts'
import { validation } from './errors.ts'
import { keyOf } from './items.ts'
import { describe } from './tables.ts'

/** An item whose time is over longer than this stays, seconds. */
const longestSeconds = 5 * 365 * 86_400

export function timeToLiveOperations({ engine, timesToLive }: TablesContext): Operations {
  return {
    DescribeTimeToLive: ({ TableName }: DescribeTimeToLiveInput, call): Promise<DescribeTimeToLiveOutput> =>
      engine(call).inTurn(async (ask) => {
        const { TableName: table } = await describe(ask, TableName)
        const AttributeName = timesToLive.get(`${call.region}/${table}`)?.attribute
        return {
          TimeToLiveDescription: AttributeName
            ? { TimeToLiveStatus: 'ENABLED', AttributeName }
            : { TimeToLiveStatus: 'DISABLED' },
        }
      }),
    UpdateTimeToLive: (input: UpdateTimeToLiveInput, call): Promise<UpdateTimeToLiveOutput> =>
      engine(call).inTurn(async (ask) => {
        const { TimeToLiveSpecification: wanted, TableName } = input
        const { Enabled: isEnabled = false, AttributeName: attribute = '' } = wanted ?? {}
        const { TableName: table = '' } = await describe(ask, TableName)
        const key = `${call.region}/${table}`
        const present = timesToLive.get(key)
        if (present && present.attribute !== attribute)
          throw validation(
            `TimeToLive is active on a different AttributeName: current AttributeName is ${present.attribute}`,
          )
        if (isEnabled === (present !== undefined))
          throw validation(`TimeToLive is already ${isEnabled ? 'enabled' : 'disabled'}`)
        if (isEnabled) timesToLive.set(key, { region: call.region, account: call.account, table, attribute })
        else timesToLive.delete(key)
        return { TimeToLiveSpecification: wanted }
      }),
  }
}

/** Deletes the items of all tables whose time to live is over, as DynamoDB itself. */
export async function deleteExpired({ engine, timesToLive, clock }: TablesContext): Promise<void> {
  for (const { region, account, table, attribute } of Array.from(timesToLive.values())) {
    await engine({ region, account }).expire(async (ask) => {
      const { KeySchema } = await describe(ask, table)
      const now = Math.floor(clock() / 1000)
      let start: Record<string, AttributeValue> | undefined
      do {
        const page = (await ask('Scan', {
          TableName: table,
          FilterExpression: '#end <= :now AND #end > :old',
          ExpressionAttributeNames: { '#end': attribute },
          ExpressionAttributeValues: {
            ':now': { N: String(now) },
            ':old': { N: String(now - longestSeconds) },
          },
          ExclusiveStartKey: start,
        })) as Pick<ScanOutput, 'Items' | 'LastEvaluatedKey'>
        for (const Key of page.Items ?? [])
          await ask('DeleteItem', { TableName: table, Key: keyOf({ Key }, KeySchema) })
        start = page.LastEvaluatedKey
      } while (start)
    })
  }
}
