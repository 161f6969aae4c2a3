import type { LambdaContext } from '../records/context.ts'
import { invalidParameter } from '../requests/errors.ts'

/**
 * Refuses a queue that is not there, and one that shows a message again while the function may still work on it. As long
 * as nobody has made a queue in the Region, any ARN is accepted.
 *
 * @throws ServiceError 400
 */
export function checkQueue(
  { queues, store }: LambdaContext,
  arn: string | undefined,
  { region, name }: { region: string; name: string },
): void {
  if (arn?.split(':')[2] !== 'sqs' || !queues.hasAny(region)) return
  const queue = queues.find(arn)
  if (!queue) {
    throw invalidParameter(
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    )
  }
  const { visibilityTimeoutSeconds: visible } = queue
  const { Timeout: timeout = 3 } = store.find(region, name)?.latest.configuration ?? {}
  if (visible >= timeout) return
  throw invalidParameter(
    `Queue visibility timeout: ${visible} seconds is less than Function timeout: ${timeout} seconds`,
  )
}
