import { expect, test } from 'vitest'
import { bufferedAnswer, streamedAnswer } from '../../../../src/sandbox/lambda/urls/url-answer.ts'

const outcome = (value: object) => ({ payload: Buffer.from(JSON.stringify(value)), logTail: '' })

async function* partsOf(prelude: object) {
  yield Buffer.concat([Buffer.from(JSON.stringify(prelude)), Buffer.alloc(8), Buffer.from('body')])
}

test.each([99, 600, 'many', 200.5, 7000])(
  'a status that is none is 502, streamed or not: %s',
  async (statusCode) => {
    const whole = bufferedAnswer(outcome({ statusCode, body: 'body' }))
    const streamed = await streamedAnswer({
      chunks: partsOf({ statusCode }),
      contentType: 'application/vnd.awslambda.http-integration-response',
      outcome: Promise.resolve(outcome({})),
    })
    const refused = { status: 502, body: 'Internal Server Error' }
    expect([whole, streamed]).toMatchObject([refused, refused])
  },
)
