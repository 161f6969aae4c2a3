import { DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { useTables } from './running-tables.ts'

const running = useTables()

test('DynamoDB deletes the items whose time is over, and its records name it', async () => {
  const { make, put, get, records, client, clean, clock } = running()
  const { TableName, StreamArn } = await make('NEW_AND_OLD_IMAGES')
  const state = async () =>
    (await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription
  expect(await state()).toEqual({ TimeToLiveStatus: 'DISABLED' })
  const set = (Enabled: boolean, AttributeName = 'until') =>
    client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled, AttributeName } }),
    )
  await set(true)
  expect(await state()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'until' })
  await expect(set(true)).rejects.toThrow('TimeToLive is already enabled')
  await expect(set(false, 'other')).rejects.toThrow('current AttributeName is until')

  const seconds = clock.now / 1000
  const until = (after: number) => ({ until: { N: String(seconds + after) } })
  await put(TableName, 'soon', until(60))
  await put(TableName, 'later', until(3600))
  await put(TableName, 'never')
  await put(TableName, 'text', { until: { S: '1' } })
  // DynamoDB takes a time of more than five years ago for a mistake.
  await put(TableName, 'ancient', { until: { N: '1000' } })
  await clean()
  expect(await get(TableName, 'soon')).toBeDefined()
  clock.now += 61_000
  await clean()
  const left = ['soon', 'later', 'never', 'text', 'ancient'].map((id) => get(TableName, id))
  expect((await Promise.all(left)).map((item) => item?.['id']?.S)).toEqual([
    undefined,
    'later',
    'never',
    'text',
    'ancient',
  ])
  const deleted = (await records(StreamArn)).filter(({ eventName }) => eventName === 'REMOVE')
  expect(deleted).toMatchObject([
    {
      userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' },
      dynamodb: { OldImage: { id: { S: 'soon' } } },
    },
  ])

  await set(false)
  clock.now += 3_600_000
  await clean()
  expect(await get(TableName, 'later')).toBeDefined()
})
