import type { QueueAttributeName } from '@aws-sdk/client-sqs'
import type { Queue, Queues } from '../../ports/sources/queues.ts'
import { isNamed } from '../answers/expected-errors.ts'
import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

const attributes: QueueAttributeName[] = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'RedrivePolicy',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
]

/** Queues over the SQS API. */
export function sqsQueues(connection: Connection): Queues {
  const api = loadService(
    connection,
    'SQS',
    () => import('@aws-sdk/client-sqs'),
    // A URL only names the queue: the endpoint is that of the connection.
    ({ SQSClient }, config) => new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
  )
  return {
    async queue(arn) {
      const { call, sdk } = await api()
      const command = new sdk.GetQueueAttributesCommand({ QueueUrl: urlOf(arn), AttributeNames: attributes })
      try {
        const { Attributes = {} } = await call(`read the queue ${arn}`, command)
        return { isFifo: arn.endsWith('.fifo'), ...settingsOf(Attributes) }
      } catch (error) {
        if (isNamed(error, 'QueueDoesNotExist')) return undefined
        throw error
      }
    },
  }
}

/** As GetQueueUrl answers it, without that call and its permission. */
function urlOf(arn: string): string {
  const [, partition, , region, account, name] = arn.split(':')
  const end = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  return `https://sqs.${region}.${end}/${account}/${name}`
}

function settingsOf(found: Readonly<Partial<Record<string, string>>>): Omit<Queue, 'isFifo'> {
  const number = (name: string) => Number(found[name] ?? 0)
  const policy = found['RedrivePolicy']
  return {
    visibilityTimeoutSeconds: number('VisibilityTimeout'),
    retentionSeconds: number('MessageRetentionPeriod'),
    ...(policy !== undefined && { redrive: redriveOf(policy) }),
    waiting: number('ApproximateNumberOfMessages'),
    inFlight: number('ApproximateNumberOfMessagesNotVisible'),
    delayed: number('ApproximateNumberOfMessagesDelayed'),
  }
}

/** SQS keeps the number as a text or a number, as it was sent. */
function redriveOf(policy: string): NonNullable<Queue['redrive']> {
  const { deadLetterTargetArn = '', maxReceiveCount } = JSON.parse(policy) as {
    deadLetterTargetArn?: string
    maxReceiveCount?: number | string
  }
  return { deadLetterArn: deadLetterTargetArn, maxReceives: Number(maxReceiveCount) }
}
