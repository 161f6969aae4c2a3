import { expect, test } from 'vitest'
import { sampleEvent } from '../../../src/sandbox/own/sample-event.ts'

const facts = { body: '{"order": 7}', region: 'eu-west-1', time: Date.parse('2026-11-28T08:00:00Z') }

test('an event of a bucket is the record of one new object', () => {
  expect(sampleEvent('s3', facts)).toMatchObject({
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        eventTime: '2026-11-28T08:00:00.000Z',
        awsRegion: 'eu-west-1',
        s3: {
          bucket: { name: 'sample', arn: 'arn:aws:s3:::sample' },
          object: { key: 'sample.json', size: 12, eTag: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
        },
      },
    ],
  })
})

test('an event of a table is the record of one new item, from plain JSON or that of DynamoDB', () => {
  const NewImage = { id: { S: 'sample' }, order: { N: '7' } }
  const record = {
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-west-1',
    dynamodb: {
      Keys: { id: { S: 'sample' } },
      NewImage,
      SequenceNumber: expect.stringMatching(/^\d{21}$/) as string,
    },
  }
  expect(sampleEvent('dynamodb', facts)).toMatchObject({ Records: [record] })
  const typed = JSON.stringify({ order: { N: '7' } })
  expect(sampleEvent('dynamodb', { ...facts, body: typed })).toMatchObject({ Records: [record] })
})

test('an event of an HTTP API is a request in the payload format 2.0', () => {
  expect(sampleEvent('http', facts)).toMatchObject({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/',
    headers: { 'content-type': 'application/json' },
    requestContext: {
      http: { method: 'POST', path: '/', sourceIp: '127.0.0.1' },
      time: '28/Nov/2026:08:00:00 +0000',
    },
    body: '{"order": 7}',
    isBase64Encoded: false,
  })
})
