import { readFileSync } from 'node:fs'
import { S3Client } from '@aws-sdk/client-s3'
import type { S3Event } from 'aws-lambda'
import { beforeEach, expect, test, vi } from 'vitest'
import { handler } from '../functions/totals/index.ts'

const event = JSON.parse(readFileSync(new URL('../events/totals.json', import.meta.url), 'utf8')) as S3Event
const send = vi.spyOn(S3Client.prototype, 'send')

function fileHas(csv: string): void {
  send.mockReset().mockImplementation(async () => ({ Body: { transformToString: async () => csv } }))
}

beforeEach(() => fileHas('chair,2\ntable,1\r\nchair,3\n'))

test('the orders of a file are added up', async () => {
  await handler(event)
  expect(send.mock.calls.map(([{ input }]) => input)).toMatchObject([
    { Key: 'in/orders of monday.csv' },
    { Key: 'out/orders of monday.json', Body: '{"chair":5,"table":1}' },
  ])
})

test('a line that is no order is an error, and nothing is written', async () => {
  fileHas('chair,2\ntable,many\n')
  await expect(handler(event)).rejects.toThrow('expected sku,quantity in line 2')
  expect(send).toHaveBeenCalledOnce()
})

test('a file of another kind is an error', async () => {
  const [record] = structuredClone(event.Records)
  if (record) record.s3.object.key = 'in/chair.png'
  await expect(handler({ Records: record ? [record] : [] })).rejects.toThrow('expected a key in/….csv')
})
