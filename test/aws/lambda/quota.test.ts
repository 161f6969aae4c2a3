import { expect, test } from 'vitest'
import { connection } from '../../../src/aws/client/connection.ts'
import { connectAws } from '../../../src/aws/connect-aws.ts'
import { systemClock } from '../../../src/cli/run/clock.ts'
import { scripted } from '../scripted.ts'

/** Which requests take one of the 15 calls a second of Lambda's control plane, in their order. */
async function taken(answers: object[], work: (aws: ReturnType<typeof connectAws>) => Promise<unknown>) {
  const { endpoint, asked } = await scripted(answers)
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' }
  const made = connection({ region: 'eu-west-1', endpoint, profile: undefined, keys }, systemClock)
  let tokens = 0
  const take = async () => {
    tokens += 1
  }
  await work(connectAws({ ...made, lambdaControl: { take } }))
  return { tokens, calls: asked.length }
}

test('each page of a list is a call of its own', async () => {
  const pages = [{ Versions: [], NextMarker: '1' }, { Versions: [], NextMarker: '2' }, { Versions: [] }]
  expect(await taken(pages, ({ functions }) => functions.versions('shop'))).toEqual({ tokens: 3, calls: 3 })
})

test('what has a quota of its own takes none: GetFunction, GetPolicy and Invoke', async () => {
  const Configuration = { FunctionArn: 'arn', Version: '1', RevisionId: 'r' }
  expect(await taken([{ Configuration }], ({ functions }) => functions.get('shop'))).toEqual({
    tokens: 0,
    calls: 1,
  })
  expect(
    await taken([{ Policy: '{}' }], ({ attachments }) => attachments.publicGrants('shop', 'live')),
  ).toEqual({ tokens: 0, calls: 1 })
  expect(
    await taken([{}], ({ functions }) => functions.invoke('shop', undefined, Buffer.from('{}'))),
  ).toEqual({
    tokens: 0,
    calls: 1,
  })
})

test('a change takes one', async () => {
  const answer = { ReservedConcurrentExecutions: 5 }
  expect(await taken([answer], ({ concurrency }) => concurrency.reserve('shop', 5))).toEqual({
    tokens: 1,
    calls: 1,
  })
})
