import type { Trigger } from '../../../release/values/observed.ts'

/** A queue of SQS that an event source mapping reads. */
interface Queue {
  name: string
  url: string
}

/** The queues of SQS among the triggers, each once. */
export function queuesOf(triggers: readonly Trigger[]): Queue[] {
  const arns = triggers.flatMap(({ batches }) => (batches && isQueue(batches.source) ? [batches.source] : []))
  return [...new Set(arns)].map((arn) => {
    const [, partition = '', , region = '', account = '', name = ''] = arn.split(':')
    const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
    return { name, url: `https://sqs.${region}.${domain}/${account}/${name}` }
  })
}

export function isQueue(arn: string): boolean {
  return serviceOf(arn) === 'sqs'
}

/** Whether a source keeps its records in order, so that a record that fails holds up those after it. */
export function isStream(arn: string): boolean {
  return ['kinesis', 'dynamodb'].includes(serviceOf(arn))
}

function serviceOf(arn: string): string {
  return arn.split(':')[2] ?? ''
}
