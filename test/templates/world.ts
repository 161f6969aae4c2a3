import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { SFNClient } from '@aws-sdk/client-sfn'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { onTestFinished } from 'vitest'
import type { clientSettings } from '../cli/sandbox.ts'

/** The functions that `serviceWithAll` makes. */
export const released = [
  'items',
  'dynamodb-stream-2',
  'eventbridge-2',
  'kinesis-2',
  'pipeline-2',
  's3-objects-2',
  'schedule-2',
  'sns-fanout-2',
  'sqs-worker-2',
  'step-functions-2',
] as const

const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const

export type Released = (typeof released)[number]

/** The sources and the ends of a service with all templates, in a sandbox. */
export interface World {
  clients: ReturnType<typeof clientsOf>
  url: string
  folder: string
  /** The name of a resource in the sandbox. */
  readonly named: (name: string) => string
  readonly arn: (service: string, path: string) => string
  /** The values of an attribute in a table; default: the ids. */
  readonly items: (table: string, attribute?: string) => Promise<string[]>
  /** The keys of the bucket `files`. */
  readonly files: () => Promise<string[]>
}

type Settings = ReturnType<typeof clientSettings>

function clientsOf(settings: Settings) {
  return {
    tables: new DynamoDBClient(settings),
    events: new EventBridgeClient(settings),
    iam: new IAMClient(settings),
    kinesis: new KinesisClient(settings),
    lambda: new LambdaClient(settings),
    machines: new SFNClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
  }
}

/** Makes all that the templates' pages name: queues, buckets, tables, a topic, a stream and roles. */
export async function openWorld(
  settings: Settings,
  { service, folder }: { service: string; folder: string },
): Promise<World> {
  const clients = clientsOf(settings)
  onTestFinished(() => {
    for (const client of Object.values(clients)) client.destroy()
  })
  const { tables, s3 } = clients
  const named = (name: string) => `${service}-${name}-sandbox`
  const world: World = {
    clients,
    url: settings.endpoint,
    folder,
    named,
    arn: (of, path) => `arn:aws:${of}:${settings.region}:000000000000:${path}`,
    async items(table, attribute = 'id') {
      const { Items = [] } = await tables.send(new ScanCommand({ TableName: named(table) }))
      return Items.map((item) => item[attribute]?.S ?? '')
    },
    async files() {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: named('files') }))
      return Contents.map(({ Key = '' }) => Key)
    },
  }
  await makeRoles(world)
  await makeSources(world)
  return world
}

async function makeSources({ clients, folder, named }: World): Promise<void> {
  const { sqs, s3, sns, kinesis, tables } = clients
  for (const name of ['orders-dead', ...released.map((each) => `${each}-failed`)])
    await sqs.send(new CreateQueueCommand({ QueueName: named(name) }))
  const text = await readFile(join(folder, 'sources/sqs-worker-2.json'), 'utf8')
  const Attributes = JSON.parse(text) as Record<string, string>
  await sqs.send(new CreateQueueCommand({ QueueName: named('orders'), Attributes }))
  for (const Bucket of ['files', 'orders'].map(named)) await s3.send(new CreateBucketCommand({ Bucket }))
  await sns.send(new CreateTopicCommand({ Name: named('orders') }))
  await kinesis.send(new CreateStreamCommand({ StreamName: named('kinesis-2'), ShardCount: 1 }))
  const ofOwn = ['sns-fanout-2', 'eventbridge-2', 'kinesis-2', 'step-functions-2']
  for (const TableName of ['items', 'history', 'orders', ...ofOwn].map(named))
    await tables.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        ...(TableName === named('orders') && { StreamSpecification }),
      }),
    )
}

/** The role of each function with its policy, and that of the state machine. */
async function makeRoles({ clients: { iam }, folder, named }: World): Promise<void> {
  const read = (name: string) => readFile(join(folder, 'roles', `${name}.json`), 'utf8')
  const make = async (RoleName: string, trust: string, policy: string) => {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: await read(trust) }))
    const PolicyDocument = await read(policy)
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: policy, PolicyDocument }))
  }
  for (const name of released) await make(named(name), 'trust', name)
  const flow = 'step-functions-2.flow'
  await make(named('step-functions-2-flow'), `${flow}.trust`, flow)
}
