import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AddPermissionCommand, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import pLimit from 'p-limit'
import { expect, onTestFinished, test, vi } from 'vitest'
import { expectExit, start } from './cli.ts'
import { clientSettings, useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()
const total = 1000
const Bucket = 'uploads'
const account = '000000000000'

/** Notes each object in a file; the bad one fails for one in ten. */
function noting(file: string, isBad: boolean): string {
  return `import { appendFileSync } from 'node:fs'
export const handler = async ({ Records: [record] = [] }) => {
  if (!record) return 'alive'
  const number = Number(record.s3.object.key)
  if (${isBad} && number % 10 === 0) throw new Error('cannot read ' + number)
  appendFileSync(${JSON.stringify(file)}, number + '\\n')
}
`
}

function clients() {
  const settings = clientSettings(sandbox().url)
  const made = { s3: new S3Client({ ...settings, forcePathStyle: true }), sqs: new SQSClient(settings) }
  onTestFinished(() => {
    made.s3.destroy()
    made.sqs.destroy()
  })
  return made
}

/** A bucket that tells the alias of its objects; the events that fail for good go to a queue. */
async function connect({ s3, sqs }: ReturnType<typeof clients>, FunctionName: string) {
  const arn = `arn:aws:lambda:eu-west-1:${account}:function:${FunctionName}:live`
  const alias = { FunctionName, Qualifier: 'live' }
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }))
  const dead = { Destination: `arn:aws:sqs:eu-west-1:${account}:dead` }
  const { lambda } = sandbox()
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({ ...alias, DestinationConfig: { OnFailure: dead } }),
  )
  await lambda.send(
    new AddPermissionCommand({
      ...alias,
      StatementId: 'uploads',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: `arn:aws:s3:::${Bucket}`,
      SourceAccount: account,
    }),
  )
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  )
  const rule = { LambdaFunctionArn: arn, Events: ['s3:ObjectCreated:*' as const] }
  const NotificationConfiguration = { LambdaFunctionConfigurations: [rule] }
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }))
  const deadLetters = async (): Promise<number[]> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
    }
    return Messages.map(({ Body = '' }) => {
      const { requestPayload } = JSON.parse(Body) as {
        requestPayload: { Records: [{ s3: { object: { key: string } } }] }
      }
      return Number(requestPayload.Records[0].s3.object.key)
    })
  }
  return { deadLetters }
}

// Only a whole release with traffic of its own source shows that a rollback loses none of it.
test('of 1,000 objects put during a canary that is rolled back none is lost', async () => {
  const service = await makeService()
  const file = join(service.folder, 'handled')
  await service.writeHandler(noting(file, false))
  const place = await sandbox().deployFirst(service)
  const { lambdaName } = service
  const { s3, sqs } = clients()
  const { deadLetters } = await connect({ s3, sqs }, lambdaName)
  await sandbox().putAlarm(`${lambdaName}-errors`, {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [
      { Name: 'FunctionName', Value: lambdaName },
      { Name: 'Resource', Value: `${lambdaName}:live` },
    ],
    Period: 10,
    TreatMissingData: 'notBreaching',
  })
  await service.writeHandler(noting(file, true))
  const args = ['canary', 'hello', '-e', 'test', '--steps', '50', '--every', '60s']
  const canary = start([...args, '--alarm', `${lambdaName}-errors`], place)
  await canary.says(/\(step 1 of 1\)/)
  const few = pLimit(4)
  const keys = Array.from({ length: total }, (_, index) => String(index))
  await Promise.all(
    keys.map((Key) => few(() => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'object' })))),
  )
  expectExit(await canary.ended, 7)
  await sandbox().expectAlias(lambdaName, '1')
  const dead = new Set<number>()
  const handled = () => new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number))
  await vi.waitUntil(
    async () => {
      for (const number of await deadLetters()) dead.add(number)
      return new Set([...handled(), ...dead]).size === total
    },
    { interval: 200, timeout: 60_000 },
  )
  const lost = keys.map(Number).filter((number) => !handled().has(number) && !dead.has(number))
  expect(lost).toEqual([])
}, 180_000)
