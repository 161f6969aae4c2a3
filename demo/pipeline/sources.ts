import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LambdaClient } from '@aws-sdk/client-lambda'
import {
  type BucketLifecycleConfiguration,
  CreateBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'

/** The clients of the pipeline's services. */
export interface Clients {
  s3: S3Client
  tables: DynamoDBClient
  lambda: LambdaClient
  sns: SNSClient
  sqs: SQSClient
}

/** The name of the pipeline's bucket, table and topic. */
export const orders = 'shop-orders-sandbox'

/** The queues of events that failed for good, and of the messages that the topic sent. */
export interface Queues {
  failed: string
  told: string
}

export function clientsOf(endpoint: string, region: string): Clients {
  const place = { endpoint, region }
  return {
    s3: new S3Client({ ...place, forcePathStyle: true }),
    tables: new DynamoDBClient(place),
    lambda: new LambdaClient(place),
    sns: new SNSClient(place),
    sqs: new SQSClient(place),
  }
}

export function closeClients({ s3, tables, lambda, sns, sqs }: Clients): void {
  for (const client of [s3, tables, lambda, sns, sqs]) client.destroy()
}

/** Makes the sources that the README of the template names, and a queue that subscribes to the topic. */
export async function makeSources(clients: Clients, service: string): Promise<Queues> {
  const { s3, tables, sns, sqs } = clients
  await s3.send(
    new CreateBucketCommand({
      Bucket: orders,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  )
  const lifecycle = await readFile(join(service, 'sources', 'ingest.lifecycle.json'), 'utf8')
  const LifecycleConfiguration = JSON.parse(lifecycle) as BucketLifecycleConfiguration
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket: orders, LifecycleConfiguration }))
  await tables.send(
    new CreateTableCommand({
      TableName: orders,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  )
  const failed = await sqs.send(new CreateQueueCommand({ QueueName: 'shop-ingest-failed-sandbox' }))
  const told = await sqs.send(new CreateQueueCommand({ QueueName: 'told' }))
  const queues = { failed: failed.QueueUrl ?? '', told: told.QueueUrl ?? '' }
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: orders }))
  const attributes = new GetQueueAttributesCommand({ QueueUrl: queues.told, AttributeNames: ['QueueArn'] })
  const { Attributes } = await sqs.send(attributes)
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] }))
  return queues
}
