import { randomUUID } from 'node:crypto'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll } from 'vitest'
import { sqsService } from '../../../src/sandbox/sqs/service.ts'
import { clientSettings, type Served, serve } from '../serve.ts'

/** SQS alone, on a clock that the test sets. */
export interface RunningQueues {
  client: SQSClient
  /** Milliseconds since the epoch. */
  clock: { now: number }
  /** Makes a queue with a name of its own. @returns its URL */
  make: (attributes?: Record<string, string>) => Promise<string>
  send: (QueueUrl: string, MessageBody: string, more?: Partial<SendMessageCommandInput>) => Promise<string>
  receive: (QueueUrl: string, more?: Partial<ReceiveMessageCommandInput>) => Promise<Message[]>
  attributes: (QueueUrl: string) => Promise<Record<string, string>>
}

export function useQueues(): () => RunningQueues {
  let served: Served | undefined
  let queues: ReturnType<typeof sqsService> | undefined
  let client: SQSClient | undefined
  const clock = { now: 1_790_000_000_000 }
  beforeAll(async () => {
    queues = sqsService({ clock: () => clock.now })
    served = await serve([queues.service], '123456789012')
    client = new SQSClient(clientSettings(served.endpoint))
  })
  afterAll(async () => {
    client?.destroy()
    queues?.close()
    await served?.close()
  })
  return () => {
    if (!client) throw new Error('the queues are made by beforeAll')
    return { client, clock, ...shortcuts(client) }
  }
}

export function shortcuts(client: SQSClient): Omit<RunningQueues, 'client' | 'clock'> {
  return {
    async make(Attributes = {}) {
      const end = Attributes['FifoQueue'] === 'true' ? '.fifo' : ''
      const QueueName = `q-${randomUUID()}${end}`
      const made = await client.send(new CreateQueueCommand({ QueueName, Attributes }))
      return made.QueueUrl ?? ''
    },
    async send(QueueUrl, MessageBody, more = {}) {
      const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }))
      return sent.MessageId ?? ''
    },
    async receive(QueueUrl, more = {}) {
      const asked = { QueueUrl, MaxNumberOfMessages: 10, ...more }
      return (await client.send(new ReceiveMessageCommand(asked))).Messages ?? []
    },
    async attributes(QueueUrl) {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })
      return (await client.send(asked)).Attributes ?? {}
    },
  }
}

/** The bodies of messages. */
export function bodies(messages: readonly Message[]): string[] {
  return messages.map(({ Body = '' }) => Body)
}
