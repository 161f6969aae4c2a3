import { type LiveTailSessionUpdate, StartLiveTailCommand } from '@aws-sdk/client-cloudwatch-logs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningLogs, runLogs } from './running-logs.ts'

let logs: RunningLogs
beforeEach(async () => {
  logs = await runLogs()
})
afterEach(() => logs.close())

const group = '/aws/lambda/shop'
const arn = (name: string) => `arn:aws:logs:eu-west-1:123456789012:log-group:${name}`

const write = (...messages: string[]) =>
  logs.sink.write(
    'eu-west-1',
    group,
    'one',
    messages.map((message) => ({ timestamp: logs.clock.now, message })),
  )

const start = (input: object = {}) =>
  logs.client.send(new StartLiveTailCommand({ logGroupIdentifiers: [arn(group)], ...input }))

/** The session's first update that has events, after a write. */
async function firstUpdate(input: object, ...messages: string[]): Promise<LiveTailSessionUpdate> {
  const { responseStream = [] } = await start(input)
  let isStarted = false
  for await (const { sessionStart, sessionUpdate } of responseStream as AsyncIterable<{
    sessionStart?: object
    sessionUpdate?: LiveTailSessionUpdate
  }>) {
    if (sessionStart) {
      isStarted = true
      write(...messages)
    }
    if (sessionUpdate?.sessionResults?.length)
      return { ...sessionUpdate, ...(isStarted ? {} : { isStarted }) }
  }
  throw new Error('the session ended')
}

test('a session gives the events that are written from its start on, once a second', async () => {
  write('before')
  const { sessionMetadata, sessionResults } = await firstUpdate(
    { logEventFilterPattern: 'one' },
    'line one',
    'line two',
  )
  expect(sessionMetadata).toEqual({ sampled: false })
  expect(sessionResults).toEqual([
    {
      logGroupIdentifier: `123456789012:${group}`,
      logStreamName: 'one',
      message: 'line one',
      timestamp: logs.clock.now,
      ingestionTime: logs.clock.now,
    },
  ])
})

test('more than 500 events a second are sampled', async () => {
  write('before')
  const lines = Array.from({ length: 600 }, (_, at) => `line ${at}`)
  const { sessionMetadata, sessionResults } = await firstUpdate({}, ...lines)
  expect(sessionMetadata).toEqual({ sampled: true })
  expect(sessionResults).toHaveLength(500)
})

test.each([
  ['a group that does not exist', { logGroupIdentifiers: [arn('/none')] }, 'ResourceNotFoundException'],
  ['a name instead of an ARN', { logGroupIdentifiers: [group] }, 'InvalidParameterException'],
  ['no group', { logGroupIdentifiers: [] }, 'InvalidParameterException'],
  ['eleven groups', { logGroupIdentifiers: Array(11).fill(arn(group)) }, 'InvalidParameterException'],
  [
    'names and prefixes of streams',
    { logStreamNames: ['a'], logStreamNamePrefixes: ['b'] },
    'InvalidParameterException',
  ],
])('%s is refused', async (_, input, name) => {
  write('before')
  await expect(start(input)).rejects.toMatchObject({ name })
})
