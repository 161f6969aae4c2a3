import {
  GetFunctionCommand,
  GetFunctionUrlConfigCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ListFunctionUrlConfigsCommand,
  ListTagsCommand,
  PublishVersionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { arnOf, createActive, fault, startLambda } from './sandbox.ts'

describe('ListFunctions', () => {
  test('lists the functions of the Region by name, page by page, without states', async () => {
    const { client } = await startLambda()
    for (const name of ['c', 'a', 'b']) await createActive(client, name)
    const first = await client.send(new ListFunctionsCommand({ MaxItems: 2 }))
    expect(first.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['a', 'b'])
    expect(first.Functions?.[0]).toMatchObject({ FunctionArn: arnOf('a'), Version: '$LATEST' })
    expect(first.Functions?.[0]?.LastUpdateStatus).toBeUndefined()
    const second = await client.send(new ListFunctionsCommand({ MaxItems: 2, Marker: first.NextMarker }))
    expect(second.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['c'])
    expect(second.NextMarker).toBeUndefined()
  })

  test('lists every version where FunctionVersion is ALL', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await client.send(new PublishVersionCommand({ FunctionName: 'shop' }))
    const all = await client.send(new ListFunctionsCommand({ FunctionVersion: 'ALL' }))
    expect(all.Functions?.map(({ FunctionArn }) => FunctionArn)).toEqual([
      `${arnOf('shop')}:$LATEST`,
      `${arnOf('shop')}:1`,
    ])
  })
})

describe('triggers', () => {
  test('there are no event source mappings and no function URLs', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const mappings = await client.send(new ListEventSourceMappingsCommand({ FunctionName: 'shop:live' }))
    expect(mappings.EventSourceMappings).toEqual([])
    const urls = await client.send(new ListFunctionUrlConfigsCommand({ FunctionName: 'shop' }))
    expect(urls.FunctionUrlConfigs).toEqual([])
    await expect(
      client.send(new GetFunctionUrlConfigCommand({ FunctionName: 'shop' })),
    ).rejects.toMatchObject(
      fault('ResourceNotFoundException', 404, 'The resource you requested does not exist.'),
    )
  })
})

describe('tags', () => {
  test('come with the function, and are added and removed', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop', { Tags: { team: 'a', stage: 'dev' } })
    const Resource = arnOf('shop')
    await client.send(new TagResourceCommand({ Resource, Tags: { team: 'b', cost: '7' } }))
    await client.send(new UntagResourceCommand({ Resource, TagKeys: ['stage', 'unknown'] }))
    const expected = { team: 'b', cost: '7' }
    expect((await client.send(new ListTagsCommand({ Resource }))).Tags).toEqual(expected)
    expect((await client.send(new GetFunctionCommand({ FunctionName: 'shop' }))).Tags).toEqual(expected)
  })
})
