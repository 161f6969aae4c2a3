import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useSandbox } from '../cli/sandbox.ts'
import { folder } from '../packaging/folder.ts'
import { awsCliPlace, handler, runAwsCli } from './aws-cli.ts'
import { whyMissing } from './programs.ts'

const isMissing = whyMissing('the AWS CLI', ['aws', '--version'])
const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:shop'
const sandbox = useSandbox()
const patiently = { timeout: 180_000 }
let place: Awaited<ReturnType<typeof folder>>

describe.skipIf(isMissing !== undefined)('the AWS CLI with sources of events', () => {
  beforeAll(async () => {
    place = await folder()
    await writeFile(inFolder('two.zip'), handler('two'))
  })
  afterAll(() => place[Symbol.asyncDispose]())

  // The tests after this one go on with its function.
  test('creates a function with an alias', async () => {
    await aws(
      'lambda create-function --function-name shop --runtime nodejs22.x --handler index.handler --timeout 20 --publish',
      '--publish --role arn:aws:iam::000000000000:role/shop --zip-file fileb://two.zip',
    )
    await aws('lambda wait function-active-v2 --function-name shop')
    const alias = await aws('lambda create-alias --function-name shop --name live --function-version 1')
    expect(alias).toMatchObject({ Name: 'live' })
  })

  test('makes an HTTP API in front of a function', async () => {
    const uri = `${arn}:live`
    const made = (await aws(
      'apigatewayv2 create-api --name shop --protocol-type HTTP --route-key $default',
      `--target ${uri} --cors-configuration AllowOrigins=https://shop.example`,
    )) as { ApiId: string; ApiEndpoint: string }
    await aws(
      'lambda add-permission --function-name shop --qualifier live --statement-id api',
      '--action lambda:InvokeFunction --principal apigateway.amazonaws.com',
      `--source-arn arn:aws:execute-api:eu-west-1:000000000000:${made.ApiId}/*`,
    )
    const answer = await fetch(`${made.ApiEndpoint}/items?n=1`)
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      ['two', { rawPath: '/items', queryStringParameters: { n: '1' } }],
    ])
    const routes = `apigatewayv2 get-routes --api-id ${made.ApiId} --query Items[].RouteKey`
    expect(await aws(routes)).toEqual(['$default'])
    await aws(`apigatewayv2 delete-api --api-id ${made.ApiId}`)
  })

  test('puts records into a stream, which a function reads', async () => {
    await aws('kinesis create-stream --stream-name clicks --shard-count 1')
    await aws('kinesis wait stream-exists --stream-name clicks')
    await writeFile(inFolder('click.txt'), 'one')
    const put = await aws(
      'kinesis put-record --stream-name clicks --partition-key a --data fileb://click.txt',
    )
    expect(put).toMatchObject({ ShardId: 'shardId-000000000000' })
    const shard = '--stream-name clicks --shard-id shardId-000000000000'
    const iterator = await aws(
      `kinesis get-shard-iterator ${shard} --shard-iterator-type TRIM_HORIZON --query ShardIterator`,
    )
    const read = await aws(`kinesis get-records --shard-iterator ${String(iterator)} --query Records[].Data`)
    expect(read).toEqual(['b25l'])
    const { UUID } = (await aws(
      'lambda create-event-source-mapping --function-name shop --starting-position TRIM_HORIZON',
      '--event-source-arn arn:aws:kinesis:eu-west-1:000000000000:stream/clicks',
    )) as { UUID: string }
    const result = `lambda get-event-source-mapping --uuid ${UUID} --query LastProcessingResult`
    await expect.poll(() => aws(result), patiently).toBe('OK')
    await aws('kinesis delete-stream --stream-name clicks')
  })

  test('writes items together, and a function reads their changes', async () => {
    const table = await aws(
      'dynamodb create-table --table-name orders --billing-mode PAY_PER_REQUEST',
      '--attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH',
      '--stream-specification StreamEnabled=true,StreamViewType=KEYS_ONLY --query TableDescription.LatestStreamArn',
    )
    const items = ['a', 'b'].map((id) => ({ Put: { TableName: 'orders', Item: { id: { S: id } } } }))
    await writeFile(inFolder('items.json'), JSON.stringify(items))
    await aws('dynamodb transact-write-items --transact-items file://items.json')
    const described = `dynamodbstreams describe-stream --stream-arn ${String(table)}`
    const shard = await aws(`${described} --query StreamDescription.Shards[0].ShardId`)
    const iterator = await aws(
      `dynamodbstreams get-shard-iterator --stream-arn ${String(table)} --shard-id ${String(shard)}`,
      '--shard-iterator-type TRIM_HORIZON --query ShardIterator',
    )
    const read = `dynamodbstreams get-records --shard-iterator ${String(iterator)}`
    expect(await aws(`${read} --query Records[].dynamodb.Keys.id.S`)).toEqual(['a', 'b'])
    const { UUID } = (await aws(
      'lambda create-event-source-mapping --function-name shop --starting-position TRIM_HORIZON',
      `--event-source-arn ${String(table)}`,
    )) as { UUID: string }
    const result = `lambda get-event-source-mapping --uuid ${UUID} --query LastProcessingResult`
    await expect.poll(() => aws(result), patiently).toBe('OK')
  })
})

function inFolder(name: string): string {
  return join(place.path, name)
}

async function aws(...parts: readonly string[]): Promise<unknown> {
  return runAwsCli(awsCliPlace(place.path, sandbox().url), parts)
}
