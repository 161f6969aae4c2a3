import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type RunningLogs, runLogs } from './running-logs.ts'

let logs: RunningLogs
beforeEach(async () => {
  logs = await runLogs()
})
afterEach(() => logs.close())

const logGroupName = '/aws/lambda/shop'
const hour = 3_600_000

/** A line whose message is its offset from the present, in milliseconds. */
const line = (offset: number) => ({ timestamp: logs.clock.now + offset, message: `at ${offset}` })
const write = (stream: string, ...offsets: number[]) =>
  logs.sink.write('eu-west-1', logGroupName, stream, offsets.map(line))

const get = (input: Partial<GetLogEventsCommandInput> = {}) =>
  logs.client.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'one', ...input }))

const putEvents = (...offsets: number[]) =>
  logs.client.send(
    new PutLogEventsCommand({ logGroupName, logStreamName: 'one', logEvents: offsets.map(line) }),
  )

const filter = (input: Partial<FilterLogEventsCommandInput> = {}) =>
  logs.client.send(new FilterLogEventsCommand({ logGroupName, ...input }))

const messages = (answer: { events?: { message?: string | undefined }[] | undefined }) =>
  answer.events?.map(({ message }) => message)

describe('PutLogEvents', () => {
  beforeEach(async () => {
    await logs.client.send(new CreateLogGroupCommand({ logGroupName }))
    await logs.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'one' }))
  })
  test('stores events with the moment of their arrival', async () => {
    expect((await putEvents(-5, -5, 0)).rejectedLogEventsInfo).toBeUndefined()
    const { events } = await get()
    expect(events).toEqual([-5, -5, 0].map((offset) => ({ ...line(offset), ingestionTime: logs.clock.now })))
  })

  test('takes whole milliseconds only, so that pages go on', async () => {
    await putEvents(0.25, 0.5, 1)
    const { nextForwardToken: nextToken } = await get({ limit: 1, startFromHead: true })
    const { events } = await get({ nextToken })
    expect(events?.map(({ timestamp = 0 }) => timestamp - logs.clock.now)).toEqual([0, 1])
  })

  test('leaves out what is older than 14 days and says so', async () => {
    const days = 24 * hour
    const { rejectedLogEventsInfo } = await putEvents(-14 * days - 2, -14 * days - 1, -14 * days + 1)
    expect(rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 2 })
    expect(messages(await get())).toEqual([`at ${-14 * days + 1}`])
  })

  test('leaves out what is more than 2 hours ahead and says so', async () => {
    const { rejectedLogEventsInfo } = await putEvents(0, 2 * hour, 2 * hour + 1)
    expect(rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 2 })
    expect(messages(await get())).toEqual(['at 0', `at ${2 * hour}`])
  })

  test('leaves out what the retention would drop at once', async () => {
    await logs.client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }))
    const { rejectedLogEventsInfo } = await putEvents(-25 * hour, -2 * hour)
    expect(rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 })
  })

  test('refuses events that are not in order', async () => {
    await expect(putEvents(0, -1)).rejects.toThrow('must be in chronological order')
    expect(messages(await get())).toEqual([])
  })

  test('refuses a span of more than a day', async () => {
    await expect(putEvents(-25 * hour, 0)).rejects.toThrow('cannot span more than 24 hours')
  })

  test('needs a stream that exists', async () => {
    const logEvents = [line(0)]
    const unknown = new PutLogEventsCommand({ logGroupName, logStreamName: 'two', logEvents })
    await expect(logs.client.send(unknown)).rejects.toThrow('The specified log stream does not exist.')
  })
})

describe('GetLogEvents', () => {
  test('gives the newest page, and from the head where asked', async () => {
    write('one', 1, 2, 3, 4)
    expect(messages(await get({ limit: 2 }))).toEqual(['at 3', 'at 4'])
    expect(messages(await get({ limit: 2, startFromHead: true }))).toEqual(['at 1', 'at 2'])
  })

  test('includes startTime and excludes endTime', async () => {
    write('one', 1, 2, 3, 4)
    const { now } = logs.clock
    expect(messages(await get({ startTime: now + 2, endTime: now + 4 }))).toEqual(['at 2', 'at 3'])
  })

  test('reads on with the forward token, which stays the same at the end and then finds new events', async () => {
    write('one', 1, 2, 3)
    const first = await get({ limit: 2, startFromHead: true })
    const second = await get({ nextToken: first.nextForwardToken })
    expect(messages(second)).toEqual(['at 3'])
    const end = await get({ nextToken: second.nextForwardToken })
    expect([messages(end), end.nextForwardToken]).toEqual([[], second.nextForwardToken])
    write('one', 3, 4)
    expect(messages(await get({ nextToken: end.nextForwardToken }))).toEqual(['at 3', 'at 4'])
  })

  test('reads back with the backward token, which stays the same at the head', async () => {
    write('one', 1, 2, 3)
    const newest = await get({ limit: 2 })
    const older = await get({ limit: 2, nextToken: newest.nextBackwardToken })
    expect(messages(older)).toEqual(['at 1'])
    const head = await get({ nextToken: older.nextBackwardToken })
    expect([messages(head), head.nextBackwardToken]).toEqual([[], older.nextBackwardToken])
    expect(messages(await get({ nextToken: head.nextForwardToken }))).toEqual(['at 1', 'at 2', 'at 3'])
  })

  test.each([true, false])(
    'finds the first event of an empty stream (startFromHead %s)',
    async (startFromHead) => {
      write('one')
      const empty = await get({ startFromHead, startTime: logs.clock.now })
      write('one', 1)
      expect(messages(await get({ nextToken: empty.nextForwardToken }))).toEqual(['at 1'])
    },
  )

  test('keeps a page below 1 MB', async () => {
    const message = 'x'.repeat(400_000)
    const lines = [1, 2, 3].map((offset) => ({ timestamp: logs.clock.now + offset, message }))
    logs.sink.write('eu-west-1', logGroupName, 'one', lines)
    expect((await get({ startFromHead: true })).events).toHaveLength(2)
    expect((await get()).events?.[0]?.timestamp).toBe(logs.clock.now + 2)
  })

  test('refuses a token that it never gave', async () => {
    write('one', 1)
    await expect(get({ nextToken: 'f/1' })).rejects.toThrow('The specified nextToken is invalid.')
  })
})

describe('FilterLogEvents', () => {
  test('interleaves the streams by timestamp, then by arrival, late events included', async () => {
    write('one', 1, 4)
    write('two', 3, 4)
    write('one', 2)
    const { events } = await filter()
    expect(events?.map(({ logStreamName, message }) => `${logStreamName} ${message}`)).toEqual([
      'one at 1',
      'one at 2',
      'two at 3',
      'one at 4',
      'two at 4',
    ])
  })

  test('includes both startTime and endTime', async () => {
    write('one', 1, 2, 3, 4)
    const { now } = logs.clock
    expect(messages(await filter({ startTime: now + 2, endTime: now + 3 }))).toEqual(['at 2', 'at 3'])
  })

  test('gives every event an id of 56 digits that stays', async () => {
    write('one', 1, 1)
    const ids = (await filter()).events?.map(({ eventId }) => eventId)
    write('two', 0)
    const later = (await filter()).events?.map(({ eventId }) => eventId)
    expect(later?.slice(1)).toEqual(ids)
    expect(new Set(later).size).toBe(3)
    for (const id of later ?? []) expect(id).toMatch(/^[1-9]\d{55}$/)
  })

  test('takes the group as a name or an ARN', async () => {
    write('one', 1)
    const arn = `arn:aws:logs:eu-west-1:123456789012:log-group:${logGroupName}`
    for (const logGroupIdentifier of [logGroupName, arn]) {
      const answer = await logs.client.send(new FilterLogEventsCommand({ logGroupIdentifier }))
      expect(messages(answer)).toEqual(['at 1'])
    }
    const starred = { logGroupIdentifier: `${arn}:*` }
    await expect(logs.client.send(new FilterLogEventsCommand(starred))).rejects.toThrow(
      `Value '${arn}:*' at 'logGroupIdentifier' failed to satisfy constraint`,
    )
    const both = { logGroupName, logGroupIdentifier: arn }
    await expect(logs.client.send(new FilterLogEventsCommand(both))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    })
  })

  test('filters by streams, by their prefix and by a pattern', async () => {
    write('a/one', 1)
    write('a/two', 2)
    write('b/one', 3)
    expect(messages(await filter({ logStreamNames: ['a/two'] }))).toEqual(['at 2'])
    expect(messages(await filter({ logStreamNames: ['a/one', 'b/one'] }))).toEqual(['at 1', 'at 3'])
    expect(messages(await filter({ logStreamNamePrefix: 'a/' }))).toEqual(['at 1', 'at 2'])
    expect(messages(await filter({ filterPattern: '?1 ?3' }))).toEqual(['at 1', 'at 3'])
    await expect(filter({ logStreamNames: ['c'] })).rejects.toThrow(
      'The specified log stream does not exist.',
    )
    await expect(filter({ filterPattern: '[a' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  test('pages by limit without losing an event that arrives meanwhile', async () => {
    write('one', 1, 2, 3)
    const first = await filter({ limit: 2 })
    expect(messages(first)).toEqual(['at 1', 'at 2'])
    write('two', 1, 4)
    const second = await filter({ nextToken: first.nextToken })
    expect(messages(second)).toEqual(['at 3', 'at 4'])
    expect(second.nextToken).toBeUndefined()
  })

  test('keeps a page below 1 MB', async () => {
    const message = 'x'.repeat(400_000)
    const lines = [1, 2, 3].map((offset) => ({ timestamp: logs.clock.now + offset, message }))
    logs.sink.write('eu-west-1', logGroupName, 'one', lines)
    const first = await filter()
    expect(first.events).toHaveLength(2)
    expect((await filter({ nextToken: first.nextToken })).events).toHaveLength(1)
  })

  test('may answer an empty page with a token, and finds the event behind it', async () => {
    logs.sink.write(
      'eu-west-1',
      logGroupName,
      'one',
      Array.from({ length: 60_000 }, (_, index) => line(index)),
    )
    logs.sink.write('eu-west-1', logGroupName, 'one', [
      { timestamp: logs.clock.now + 60_000, message: 'needle' },
    ])
    const first = await filter({ filterPattern: 'needle' })
    expect(first.events).toEqual([])
    expect(messages(await filter({ filterPattern: 'needle', nextToken: first.nextToken }))).toEqual([
      'needle',
    ])
  })

  test('needs a group that exists', async () => {
    await expect(filter()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    })
  })
})
