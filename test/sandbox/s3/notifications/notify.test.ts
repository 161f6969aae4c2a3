import {
  AddPermissionCommand,
  CreateAliasCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { nodeHandler, publishFirst, runSandbox } from '../../end-to-end/running-sandbox.ts'
import { clientSettings } from '../../serve.ts'

const account = '000000000000'
const queueArn = (name: string) => `arn:aws:sqs:eu-west-1:${account}:${name}`
const liveArn = `arn:aws:lambda:eu-west-1:${account}:function:indexer:live`

interface S3Record {
  eventName: string
  eventVersion: string
  s3: {
    configurationId: string
    object: { key: string; size?: number; eTag?: string; versionId?: string; sequencer: string }
  }
}

/** A sandbox with a bucket `photos` and a queue `news`. */
async function start() {
  const running = await runSandbox()
  const settings = clientSettings(running.sandbox.url)
  const s3 = new S3Client({ ...settings, forcePathStyle: true })
  const sqs = new SQSClient(settings)
  onTestFinished(() => {
    s3.destroy()
    sqs.destroy()
  })
  const place = { Bucket: 'photos' }
  await s3.send(
    new CreateBucketCommand({
      ...place,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  )
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'news' }))
  /** The next message of the queue, which is there or comes within 20 s. */
  const next = async (): Promise<unknown> => {
    const { Messages: [message] = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }),
    )
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }))
    return JSON.parse(message?.Body ?? 'null')
  }
  const nextRecord = async () => ((await next()) as { Records: S3Record[] }).Records[0] as S3Record
  const configure = (NotificationConfiguration: NotificationConfiguration) =>
    s3.send(new PutBucketNotificationConfigurationCommand({ ...place, NotificationConfiguration }))
  return { ...running, s3, sqs, place, next, nextRecord, configure }
}

test('a queue gets a test event, then each change of an object that fits the filter', async () => {
  const { s3, place, next, nextRecord, configure } = await start()
  await configure({
    QueueConfigurations: [
      {
        Id: 'csv',
        QueueArn: queueArn('news'),
        Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:ObjectTagging:Put'],
        Filter: {
          Key: {
            FilterRules: [
              { Name: 'prefix', Value: 'in/' },
              { Name: 'suffix', Value: '.csv' },
            ],
          },
        },
      },
    ],
  })
  expect(await next()).toMatchObject({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'photos' })
  const Key = 'in/a b+ü(1).csv'
  await s3.send(new PutObjectCommand({ ...place, Key: 'in/other.txt', Body: 'x' }))
  await s3.send(new PutObjectCommand({ ...place, Key: 'out/other.csv', Body: 'x' }))
  await s3.send(new PutObjectCommand({ ...place, Key, Body: 'hello' }))
  const put = await nextRecord()
  expect(put).toMatchObject({
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'eu-west-1',
    eventName: 'ObjectCreated:Put',
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'csv',
      bucket: { name: 'photos', arn: 'arn:aws:s3:::photos' },
      object: {
        key: 'in/a+b%2B%C3%BC%281%29.csv',
        size: 5,
        eTag: '5d41402abc4b2a76b9719d911017c592',
      },
    },
  })
  await s3.send(new CopyObjectCommand({ ...place, Key: 'in/copy.csv', CopySource: 'photos/in/other.txt' }))
  const copied = await nextRecord()
  expect(copied.eventName).toBe('ObjectCreated:Copy')
  expect(copied.s3.object.sequencer > put.s3.object.sequencer).toBe(true)
  const target = { ...place, Key: 'in/parts.csv' }
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(target))
  const { ETag } = await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'part' }))
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
  await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload }))
  // A client that lost the answer asks again; nothing happened to the object.
  await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload }))
  expect(await nextRecord()).toMatchObject({
    eventName: 'ObjectCreated:CompleteMultipartUpload',
    s3: { object: { key: 'in/parts.csv', size: 4 } },
  })
  const Tagging = { TagSet: [{ Key: 'a', Value: 'b' }] }
  await s3.send(new PutObjectTaggingCommand({ ...target, Tagging }))
  expect(await nextRecord()).toMatchObject({ eventName: 'ObjectTagging:Put', eventVersion: '2.3' })
  await s3.send(new DeleteObjectCommand({ ...place, Key: 'in/never.csv' }))
  await s3.send(new DeleteObjectCommand(target))
  const deleted = await nextRecord()
  expect(deleted).toMatchObject({
    eventName: 'ObjectRemoved:Delete',
    s3: { object: { key: 'in/parts.csv' } },
  })
  expect(deleted.s3.object).not.toHaveProperty('size')
})

test('in a bucket with versions a delete makes a marker, and events name their version', async () => {
  const { s3, place, next, nextRecord, configure } = await start()
  await s3.send(new PutBucketVersioningCommand({ ...place, VersioningConfiguration: { Status: 'Enabled' } }))
  const Events = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'] as const
  await configure({ QueueConfigurations: [{ QueueArn: queueArn('news'), Events: [...Events] }] })
  await next()
  const { VersionId } = await s3.send(new PutObjectCommand({ ...place, Key: 'a', Body: 'x' }))
  expect((await nextRecord()).s3.object.versionId).toBe(VersionId)
  const marker = await s3.send(new DeleteObjectCommand({ ...place, Key: 'a' }))
  expect(await nextRecord()).toMatchObject({
    eventName: 'ObjectRemoved:DeleteMarkerCreated',
    s3: { object: { versionId: marker.VersionId, eTag: 'd41d8cd98f00b204e9800998ecf8427e' } },
  })
  await s3.send(new DeleteObjectsCommand({ ...place, Delete: { Objects: [{ Key: 'a', VersionId }] } }))
  expect(await nextRecord()).toMatchObject({
    eventName: 'ObjectRemoved:Delete',
    s3: { object: { versionId: VersionId } },
  })
})

test('an alias whose policy allows the bucket is invoked, and another target is refused', async () => {
  const running = await start()
  const { lambda, s3, place, next, configure } = running
  await publishFirst(running, 'indexer', nodeHandler('event.Records[0].s3.object.key'))
  await lambda.send(new CreateAliasCommand({ FunctionName: 'indexer', Name: 'live', FunctionVersion: '1' }))
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'indexer',
      Qualifier: 'live',
      DestinationConfig: { OnSuccess: { Destination: queueArn('news') } },
    }),
  )
  const configuration: NotificationConfiguration = {
    LambdaFunctionConfigurations: [
      { Id: 'lambdactl/indexer/live/uploads', LambdaFunctionArn: liveArn, Events: ['s3:ObjectCreated:Put'] },
    ],
  }
  const allow = (bucket: string, StatementId: string) =>
    lambda.send(
      new AddPermissionCommand({
        FunctionName: 'indexer',
        Qualifier: 'live',
        StatementId,
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceArn: `arn:aws:s3:::${bucket}`,
        SourceAccount: account,
      }),
    )
  await allow('others', 'others')
  const missing = queueArn('missing')
  await expect(
    configure({
      ...configuration,
      QueueConfigurations: [{ QueueArn: missing, Events: ['s3:ObjectRemoved:*'] }],
    }),
  ).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Unable to validate the following destination configurations',
    ArgumentName1: missing,
    ArgumentValue1: 'The destination queue does not exist',
    ArgumentName2: `${liveArn}, null`,
    ArgumentValue2: `Not authorized to invoke function [${liveArn}]`,
  })
  await allow('photos', 'photos')
  await configure(configuration)
  const kept = await s3.send(new GetBucketNotificationConfigurationCommand(place))
  expect(kept.LambdaFunctionConfigurations).toEqual(configuration.LambdaFunctionConfigurations)
  await s3.send(new PutObjectCommand({ ...place, Key: 'a.jpg', Body: 'x' }))
  expect(await next()).toMatchObject({
    requestContext: { functionArn: liveArn },
    responsePayload: 'a.jpg',
  })
  await configure({})
  expect(
    (await s3.send(new GetBucketNotificationConfigurationCommand(place))).LambdaFunctionConfigurations,
  ).toBeUndefined()
})
