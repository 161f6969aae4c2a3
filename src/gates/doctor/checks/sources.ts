/** The address of a queue of SQS. */
export function urlOf(arn: string): string {
  const [, partition = '', , region = '', account = '', name = ''] = arn.split(':')
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  return `https://sqs.${region}.${domain}/${account}/${name}`
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
