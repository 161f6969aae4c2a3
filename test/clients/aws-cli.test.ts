import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useSandbox } from '../cli/sandbox.ts'
import { folder } from '../packaging/folder.ts'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { awsCliPlace, handler, runAwsCli } from './aws-cli.ts'
import { startClient, whyMissing } from './programs.ts'

const isMissing = whyMissing('the AWS CLI', ['aws', '--version'])
const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:shop'
const sandbox = useSandbox()
const patiently = { timeout: 180_000 }
let place: Awaited<ReturnType<typeof folder>>

describe.skipIf(isMissing !== undefined)('the AWS CLI', () => {
  beforeAll(async () => {
    place = await folder()
    await writeFile(inFolder('one.zip'), handler('one'))
    await writeFile(inFolder('two.zip'), handler('two'))
    await writeFile(
      inFolder('layer.zip'),
      zipOf([{ name: 'nodejs/price.mjs', content: 'export default 3\n' }]),
    )
  })
  afterAll(() => place[Symbol.asyncDispose]())

  // The tests after this one go on with its function: a start of the CLI takes half a second.
  test('creates a function and waits for it', async () => {
    const made = await aws(
      'lambda create-function --function-name shop --runtime nodejs22.x --handler index.handler --timeout 20 --publish',
      '--role arn:aws:iam::000000000000:role/shop --zip-file fileb://one.zip --tags team=shop',
    )
    expect(made).toMatchObject({ FunctionArn: arn, Version: '1', State: 'Pending' })
    await aws('lambda wait function-active-v2 --function-name shop')
  })

  test('updates code from S3, publishes and splits traffic', async () => {
    await aws('s3 mb s3://code')
    await aws('s3 cp two.zip s3://code/two.zip')
    await aws('lambda update-function-code --function-name shop --s3-bucket code --s3-key two.zip')
    await aws('lambda wait function-updated-v2 --function-name shop')
    expect(await aws('lambda publish-version --function-name shop')).toMatchObject({ Version: '2' })
    await aws(
      'lambda create-alias --function-name shop --name live --function-version 1',
      '--routing-config AdditionalVersionWeights={2=1}',
    )
    const answer = await aws('lambda invoke --function-name shop --qualifier live --payload {"n":1} out.json')
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '2' })
    expect(await readFile(inFolder('out.json'), 'utf8')).toBe('["two",{"n":1}]')
    expect(
      await aws(
        'lambda list-versions-by-function --function-name shop --max-items 2 --query Versions[].Version',
      ),
    ).toEqual(['$LATEST', '1'])
  })

  test('keeps what belongs to a function', async () => {
    await aws('lambda publish-layer-version --layer-name price --zip-file fileb://layer.zip')
    await aws(
      'lambda update-function-configuration --function-name shop --environment Variables={STAGE=test}',
      '--layers arn:aws:lambda:eu-west-1:000000000000:layer:price:1',
    )
    expect(
      await aws(
        'lambda add-permission --function-name shop --statement-id events --action lambda:InvokeFunction',
        '--principal events.amazonaws.com --query Statement',
      ),
    ).toContain('"Resource":"arn:aws:lambda:eu-west-1:000000000000:function:shop"')
    await aws('lambda wait function-updated --function-name shop')
    expect(
      await aws(
        'lambda create-function-url-config --function-name shop --auth-type AWS_IAM --query FunctionUrl',
      ),
    ).toMatch(/^http:/)
    await aws('lambda put-function-concurrency --function-name shop --reserved-concurrent-executions 5')
    await aws(
      'lambda create-event-source-mapping --function-name shop',
      '--event-source-arn arn:aws:sqs:eu-west-1:000000000000:orders',
    )
    expect(
      await aws(
        'lambda list-event-source-mappings --function-name shop --query EventSourceMappings[].BatchSize',
      ),
    ).toEqual([10])
    expect(await aws('lambda get-function --function-name shop')).toMatchObject({
      Configuration: { Environment: { Variables: { STAGE: 'test' } }, Layers: [{}] },
      Concurrency: { ReservedConcurrentExecutions: 5 },
      Tags: { team: 'shop' },
    })
  })

  test('watches metrics and alarms', async () => {
    await aws(
      'cloudwatch put-metric-alarm --alarm-name refused --namespace Shop --metric-name Refused --statistic Sum',
      '--period 10 --evaluation-periods 1 --threshold 1 --treat-missing-data ignore',
      '--comparison-operator GreaterThanOrEqualToThreshold',
    )
    await aws('cloudwatch put-metric-data --namespace Shop --metric-name Refused --value 2 --unit Count')
    const line = 'cloudwatch describe-alarms --alarm-names refused --query MetricAlarms[0].StateValue'
    await expect.poll(() => aws(line), patiently).toBe('ALARM')
    await aws('cloudwatch delete-alarms --alarm-names refused')
  })

  test('reads, asks and tails logs', async () => {
    const tail = startClient(
      'aws',
      [
        ...'logs start-live-tail --log-group-identifiers'.split(' '),
        'arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/shop',
      ],
      clientPlace(),
    )
    const seen = tail.says(/said (?:one|two)/).then(() => true)
    // A session tells only what is written after it has begun.
    const write = () => aws('lambda invoke --function-name shop out.json').then(() => false)
    while (!(await Promise.race([seen, write()])));
    const [first] = (await aws(
      'logs filter-log-events --log-group-name /aws/lambda/shop --filter-pattern said --query events[].message',
    )) as string[]
    expect(first).toMatch(/said (?:one|two)\n$/)
    await writeFile(inFolder('query'), 'fields @message | limit 1')
    const { queryId } = (await aws(
      `logs start-query --log-group-name /aws/lambda/shop --start-time 1 --end-time ${Math.ceil(Date.now() / 1000) + 60}`,
      '--query-string file://query',
    )) as { queryId: string }
    const line = `logs get-query-results --query-id ${queryId} --query status`
    await expect.poll(() => aws(line), patiently).toBe('Complete')
  })

  test('moves files with s3', async () => {
    const large = randomBytes(9_000_000)
    await writeFile(inFolder('large'), large)
    await mkdir(inFolder('site/pages'), { recursive: true })
    await writeFile(inFolder('site/index'), 'one')
    await writeFile(inFolder('site/pages/a'), 'two')
    await aws('s3 cp large s3://code/large')
    await aws('s3 cp s3://code/large back')
    expect((await readFile(inFolder('back'))).equals(large)).toBe(true)
    await aws('s3 sync site s3://code/site')
    await rm(inFolder('site/index'))
    expect(await aws('s3 sync site s3://code/site --delete --no-progress')).toBe(
      'delete: s3://code/site/index\n',
    )
    expect(await aws('s3 sync site s3://code/site --delete --no-progress')).toBe('')
    expect(await aws('s3 ls s3://code --recursive')).toMatch(
      / 9000000 large\n.* 3 site\/pages\/a\n.* two\.zip\n$/,
    )
    await aws('s3 rm s3://code/large')
    await aws('s3 rb s3://code --force')
    expect(await aws('s3 ls')).toBe('')
  })

  test('puts an event on a bus, whose rule publishes it to a topic with a queue', async () => {
    const sqs = `sqs --endpoint-url ${sandbox().url}`
    const { QueueUrl } = (await aws(`${sqs} create-queue --queue-name news`)) as { QueueUrl: string }
    const topic = 'arn:aws:sns:eu-west-1:000000000000:news'
    expect(await aws('sns create-topic --name news --tags Key=team,Value=shop')).toEqual({ TopicArn: topic })
    const endpoint = 'arn:aws:sqs:eu-west-1:000000000000:news'
    await aws(
      `sns subscribe --topic-arn ${topic} --protocol sqs --notification-endpoint ${endpoint}`,
      '--attributes {"RawMessageDelivery":"true"}',
    )
    await aws('events put-rule --name placed --event-pattern {"source":["shop"]}')
    await aws(
      `events put-targets --rule placed --targets [{"Id":"t","Arn":"${topic}","InputPath":"$.detail"}]`,
    )
    const put = await aws(
      'events put-events --entries [{"Source":"shop","DetailType":"Order","Detail":"{\\"n\\":7}"}]',
    )
    expect(put).toMatchObject({ FailedEntryCount: 0 })
    const received = await aws(`${sqs} receive-message --queue-url ${QueueUrl}`)
    expect(received).toMatchObject({ Messages: [{ Body: '{"n":7}' }] })
    expect(await aws('sns list-subscriptions --query Subscriptions[].Endpoint')).toContain(endpoint)
    expect(await aws('events list-rules --query Rules[].Name')).toContain('placed')
  })

  test('sends messages to a queue, which a function reads', async () => {
    // Version 1 goes past AWS_ENDPOINT_URL for SQS.
    const sqs = `sqs --endpoint-url ${sandbox().url}`
    const { QueueUrl } = (await aws(`${sqs} create-queue --queue-name returns`)) as { QueueUrl: string }
    const queue = `--queue-url ${QueueUrl}`
    await aws(
      `${sqs} send-message ${queue} --message-body one --message-attributes kind={DataType=String,StringValue=a}`,
    )
    const received = await aws(
      `${sqs} receive-message ${queue} --message-attribute-names All --visibility-timeout 0`,
    )
    expect(received).toMatchObject({
      Messages: [{ Body: 'one', MessageAttributes: { kind: { StringValue: 'a' } } }],
    })
    const source = '--event-source-arn arn:aws:sqs:eu-west-1:000000000000:returns'
    await aws(`lambda create-event-source-mapping --function-name shop ${source}`)
    const depth = `${sqs} get-queue-attributes ${queue} --attribute-names All --query`
    const names = 'Attributes.[ApproximateNumberOfMessages,ApproximateNumberOfMessagesNotVisible]'
    await expect.poll(() => aws(`${depth} ${names}`), patiently).toEqual(['0', '0'])
    await aws(`${sqs} delete-queue ${queue}`)
    const args = `${sqs} get-queue-url --queue-name returns`.split(' ')
    const { stderr } = await startClient('aws', args, clientPlace()).ended
    expect(stderr).toContain(
      '(AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation',
    )
  })

  test('lets a bucket tell a queue of its objects, and archives them', async () => {
    await aws('s3 mb s3://photos')
    const sqs = `sqs --endpoint-url ${sandbox().url}`
    const { QueueUrl } = (await aws(`${sqs} create-queue --queue-name photos`)) as { QueueUrl: string }
    const rule = {
      QueueArn: 'arn:aws:sqs:eu-west-1:000000000000:photos',
      Events: ['s3:ObjectCreated:*'],
      Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } },
    }
    const rules = JSON.stringify({ QueueConfigurations: [rule] })
    await aws(
      `s3api put-bucket-notification-configuration --bucket photos --notification-configuration ${rules}`,
    )
    expect(await aws('s3api get-bucket-notification-configuration --bucket photos')).toMatchObject({
      QueueConfigurations: [{ Events: rule.Events }],
    })
    const archive = {
      ID: 'archive',
      Status: 'Enabled',
      Filter: {},
      Transitions: [{ Days: 30, StorageClass: 'GLACIER' }],
    }
    const lifecycle = JSON.stringify({ Rules: [archive] })
    await aws(
      `s3api put-bucket-lifecycle-configuration --bucket photos --lifecycle-configuration ${lifecycle}`,
    )
    expect(await aws('s3api get-bucket-lifecycle-configuration --bucket photos')).toMatchObject({
      Rules: [archive],
    })
    await aws('s3 cp two.zip s3://photos/in/two.zip --no-progress')
    const receive = `${sqs} receive-message --queue-url ${QueueUrl} --max-number-of-messages 10`
    const bodies = (await aws(`${receive} --query Messages[].Body`)) as string[]
    expect(bodies.map((body) => /s3:TestEvent|"key":"[^"]*"/.exec(body)?.[0])).toEqual([
      's3:TestEvent',
      '"key":"in/two.zip"',
    ])
    await aws('s3 rb s3://photos --force')
  })

  test('tells a failure by its code and text', async () => {
    const args = ['lambda', 'get-function', '--function-name', 'no']
    const { exitCode, stderr } = await startClient('aws', args, clientPlace()).ended
    // 255 of version 1, 254 of version 2.
    expect(exitCode).toBeGreaterThanOrEqual(254)
    expect(stderr).toContain(
      'An error occurred (ResourceNotFoundException) when calling the GetFunction operation: ' +
        'Function not found: arn:aws:lambda:eu-west-1:000000000000:function:no\n',
    )
  })
})

function inFolder(name: string): string {
  return join(place.path, name)
}

function clientPlace() {
  return awsCliPlace(place.path, sandbox().url)
}

/** Runs a command line whose arguments have no spaces; returns its JSON, or what else it prints. */
async function aws(...parts: readonly string[]): Promise<unknown> {
  return runAwsCli(clientPlace(), parts)
}
