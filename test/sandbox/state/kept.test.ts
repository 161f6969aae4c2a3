import { expect, test } from 'vitest'
import { ServiceError } from '../../../src/sandbox/protocol/service-error.ts'
import { runKept } from '../../../src/sandbox/state/kept.ts'

/** Runs an operation while the disk refuses the changes of another one. */
const run = (name: string, output = {}) => {
  const failure = new ServiceError('InsufficientStorage', 507, 'no room')
  return runKept({ begin: () => () => failure, onStorageFailure: () => undefined }, name, () => output)
}

test.each([
  'GetObject',
  'BatchGetSecretValue',
  'ListBuckets',
  'DescribeAlarms',
  'HeadObject',
  'FilterLogEvents',
  'SimulatePrincipalPolicy',
  'TestMetricFilter',
  'StartQuery',
  'StartLiveTail',
])('%s is answered with a full disk', async (name) => {
  expect(await run(name)).toEqual({})
})

test.each(['PutObject', 'BatchPutItem', 'StartExecution', 'TagResource'])(
  '%s fails with a full disk',
  async (name) => {
    await expect(run(name)).rejects.toThrow('no room')
  },
)

test('an invocation fails with a full disk only if it was queued', async () => {
  expect(await run('Invoke', { StatusCode: 200 })).toEqual({ StatusCode: 200 })
  await expect(run('Invoke', { StatusCode: 202 })).rejects.toThrow('no room')
})
