import { expect, test } from 'vitest'
import { connection } from '../../../src/aws/client/connection.ts'
import { connectAws } from '../../../src/aws/connect-aws.ts'
import { systemClock } from '../../../src/cli/run/clock.ts'
import { scripted } from '../scripted.ts'

test('a page is asked for in whole milliseconds, within the quota of reads', async () => {
  const { endpoint, asked } = await scripted([{ events: [], searchedLogStreams: [] }])
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' }
  const made = connection({ region: 'eu-west-1', endpoint, profile: undefined, keys }, systemClock)
  let tokens = 0
  const take = async () => {
    tokens += 1
  }
  const { logEvents } = connectAws({ ...made, logReads: { take } })
  await logEvents.page({ group: 'g', since: 1000.7, until: 2000.2 })
  expect(asked).toEqual([{ logGroupName: 'g', startTime: 1000, endTime: 2000 }])
  expect(tokens).toBe(1)
})

test('a time that is no date is moved to the nearest one', async () => {
  const times = [-1, 8.64e15, 1_795_750_000_000]
  const events = times.map((timestamp) => ({
    timestamp,
    ingestionTime: timestamp,
    message: 'm',
    eventId: 'e',
  }))
  const { endpoint } = await scripted([{ events }])
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' }
  const made = connection({ region: 'eu-west-1', endpoint, profile: undefined, keys }, systemClock)
  const page = await connectAws(made).logEvents.page({ group: 'g', since: 0 })
  const latest = Date.UTC(9999, 11, 31)
  expect(page.events.map(({ timestamp }) => timestamp)).toEqual([0, latest, 1_795_750_000_000])
  expect(page.events.map(({ ingested }) => ingested)).toEqual([0, latest, 1_795_750_000_000])
})
