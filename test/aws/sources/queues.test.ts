import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connection } from '../../../src/aws/client/connection.ts'
import { sqsQueues } from '../../../src/aws/sources/queues.ts'
import { clientSettings, useSandbox } from '../../cli/sandbox.ts'

const sandbox = useSandbox()
let client: SQSClient | undefined
const sqs = () => (client ??= new SQSClient(clientSettings(sandbox().url)))
afterAll(() => client?.destroy())

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

function port() {
  const clock = {
    now: () => 0,
    elapsed: () => 0,
    sleep: async () => undefined,
    pause: async () => undefined,
    realMs: (ms: number) => ms,
  }
  return sqsQueues(connection({ region: 'eu-west-1', endpoint: sandbox().url, profile: undefined }, clock))
}

async function make(QueueName: string, Attributes: Record<string, string>) {
  const { QueueUrl } = await sqs().send(new CreateQueueCommand({ QueueName, Attributes }))
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] })
  return { url: QueueUrl, arn: (await sqs().send(asked)).Attributes?.['QueueArn'] ?? '' }
}

test('a queue has its settings, its dead-letter queue and its depth', async () => {
  const dead = await make('dead', {})
  const policy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: '3' })
  const orders = await make('orders', { VisibilityTimeout: '90', RedrivePolicy: policy })
  await sqs().send(new SendMessageCommand({ QueueUrl: orders.url, MessageBody: 'one' }))
  expect(await port().queue(orders.arn)).toEqual({
    isFifo: false,
    visibilityTimeoutSeconds: 90,
    retentionSeconds: 345_600,
    redrive: { deadLetterArn: dead.arn, maxReceives: 3 },
    waiting: 1,
    inFlight: 0,
    delayed: 0,
  })
  expect(await port().queue(dead.arn)).not.toHaveProperty('redrive')
  const fifo = await make('orders.fifo', { FifoQueue: 'true' })
  expect(await port().queue(fifo.arn)).toMatchObject({ isFifo: true, visibilityTimeoutSeconds: 30 })
})

test('a queue that does not exist is undefined', async () => {
  expect(await port().queue('arn:aws:sqs:eu-west-1:000000000000:none')).toBeUndefined()
})
