import { type QueueTrigger, sourceArn } from '../../../function/triggers/wanted.ts'
import { awsCommand } from '../../run/run.ts'
import type { FoundSource, TriggerContext } from '../context.ts'
import { sourceMissing } from '../words.ts'

/**
 * Finds the queue of a trigger. Lambda refuses a queue that shows a message again while the function may still work on
 * it. A queue of another account is Lambda's to check.
 */
export async function queueSource(
  { run, target, place, timeoutSeconds = 0 }: TriggerContext,
  { name: trigger, source }: QueueTrigger,
): Promise<FoundSource> {
  const arn = sourceArn(place, 'sqs', source)
  const [, , , region, account, queueName = ''] = arn.split(':')
  if (account !== place.account) return { arn }
  const queue = await run.aws.queues.queue(arn)
  if (!queue) {
    const attributes = arn.endsWith('.fifo') ? ['--attributes', 'FifoQueue=true'] : []
    const words = ['--queue-name', queueName, ...attributes]
    const make = awsCommand(target, 'sqs create-queue', words)
    return sourceMissing(trigger, `queue ${queueName} in ${region} of account ${account}`, make)
  }
  const { visibilityTimeoutSeconds: visible } = queue
  if (visible >= timeoutSeconds) return { arn }
  const words = ['--queue-url', queueUrl(arn), '--attributes', `VisibilityTimeout=${timeoutSeconds * 6}`]
  return {
    trigger,
    detail: `Lambda refuses queue ${queueName}, since its visibility timeout of ${visible}s is less than the function's time-out of ${timeoutSeconds}s`,
    next: [
      `Raise it, to six times the time-out by AWS's advice: ${awsCommand(target, 'sqs set-queue-attributes', words)}`,
    ],
  }
}

/** As SQS names the queue in commands. */
function queueUrl(arn: string): string {
  const [, partition, , region, account, name] = arn.split(':')
  const end = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  return `https://sqs.${region}.${end}/${account}/${name}`
}
