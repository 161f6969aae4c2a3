import { readFileSync } from 'node:fs'
import { S3Client } from '@aws-sdk/client-s3'
import { beforeEach, expect, test, vi } from 'vitest'
import { handler } from '../functions/report/index.ts'

const event = JSON.parse(readFileSync(new URL('../events/report.json', import.meta.url), 'utf8'))
const send = vi.spyOn(S3Client.prototype, 'send')

beforeEach(() => {
  send.mockReset().mockImplementation(async () => ({}))
})

test('the files of the day before are counted, over all pages', async () => {
  const file = (day: string, Size: number) => ({ LastModified: new Date(`${day}T12:00:00Z`), Size })
  send
    .mockImplementationOnce(async () => ({
      Contents: [file('2026-11-26', 1), file('2026-11-27', 10)],
      NextContinuationToken: 'more',
    }))
    .mockImplementationOnce(async () => ({ Contents: [file('2026-11-27', 20), file('2026-11-28', 2)] }))
  await handler(event)
  expect(send.mock.calls[1]?.[0].input).toMatchObject({ ContinuationToken: 'more' })
  expect(send.mock.calls[2]?.[0].input).toMatchObject({
    Key: 'reports/2026-11-27.json',
    Body: '{"day":"2026-11-27","files":2,"bytes":30}',
  })
})

test('an event without a time is an error', async () => {
  await expect(handler({ time: '' })).rejects.toThrow('expected the time of a schedule')
  expect(send).not.toHaveBeenCalled()
})
