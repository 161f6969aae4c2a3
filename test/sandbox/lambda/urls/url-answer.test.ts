import { expect, test } from 'vitest'
import { bufferedAnswer, streamedAnswer } from '../../../../src/sandbox/lambda/urls/url-answer.ts'

const outcome = (value: object) => ({ payload: Buffer.from(JSON.stringify(value)), logTail: '' })

async function* partsOf(text: string) {
  yield Buffer.from(text)
}

const streamed = (text: string) => ({
  chunks: partsOf(text),
  contentType: 'application/vnd.awslambda.http-integration-response',
  outcome: Promise.resolve(outcome({})),
})

const refused = { status: 502, body: 'Internal Server Error' }

test('what a handler returns is answered without spaces, and with its length', () => {
  const payload = Buffer.from('{"a b": [1, 12345678901234567890, "\\" : "], "c" : null}')
  expect(bufferedAnswer({ payload, logTail: '' })).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json', 'content-length': '49' },
    body: '{"a b":[1,12345678901234567890,"\\" : "],"c":null}',
  })
  expect(
    bufferedAnswer(outcome({ statusCode: 200, body: 'ä', headers: { 'Content-Length': '9' } })),
  ).toMatchObject({
    headers: { 'content-length': '2' },
    body: 'ä',
  })
})

test('the headers of a connection that a handler copied are left out, streamed or not', async () => {
  const answer = {
    statusCode: 200,
    headers: { 'Transfer-Encoding': 'chunked', Connection: 'close', Trailer: 'X-B', 'X-A': 1 },
  }
  const parts = await streamedAnswer(streamed(`${JSON.stringify(answer)}${'\0'.repeat(8)}body`))
  expect(parts.headers).toEqual({ 'content-type': 'application/octet-stream', 'x-a': '1' })
  expect(bufferedAnswer(outcome(answer)).headers).toEqual({
    'content-type': 'application/json',
    'content-length': '0',
    'x-a': '1',
  })
})

test.each([{ headers: null }, { cookies: null }])(
  'null stands for none, streamed or not: %j',
  async (given) => {
    const answer = { statusCode: 200, ...given }
    const parts = await streamedAnswer(streamed(`${JSON.stringify(answer)}${'\0'.repeat(8)}body`))
    expect(parts).toMatchObject({ status: 200, headers: { 'content-type': 'application/octet-stream' } })
    expect(bufferedAnswer(outcome(answer))).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'content-length': '0' },
      body: '',
    })
  },
)

test.each([
  { headers: { 'x-a': 'two\nlines' } },
  { headers: { 'x-a': '日本' } },
  { headers: { 'a name': '1' } },
  { cookies: ['a=1\r\nb=2'] },
  { cookies: 'a=b' },
])('a header that HTTP does not take is 502, streamed or not: %j', async (given) => {
  const answer = { statusCode: 200, ...given }
  const parts = await streamedAnswer(streamed(`${JSON.stringify(answer)}${'\0'.repeat(8)}body`))
  expect([bufferedAnswer(outcome(answer)), parts]).toMatchObject([refused, refused])
})

test.each([99, 600, 'many', 200.5, 7000])(
  'a status that is none is 502, streamed or not: %s',
  async (statusCode) => {
    const whole = bufferedAnswer(outcome({ statusCode, body: 'body' }))
    const parts = await streamedAnswer(streamed(`${JSON.stringify({ statusCode })}${'\0'.repeat(8)}body`))
    expect([whole, parts]).toMatchObject([refused, refused])
  },
)

test.each(['{"statusCode": 200', 'hello', '"text"', 'null', ''])(
  'a streamed answer whose prelude is no object in JSON is 502: %s',
  async (prelude) => {
    expect(await streamedAnswer(streamed(`${prelude}${'\0'.repeat(8)}body`))).toMatchObject(refused)
  },
)

test('a streamed answer without the end of a prelude is 502', async () => {
  expect(await streamedAnswer(streamed('{"statusCode": 200}'))).toMatchObject(refused)
})
