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

  test('lists every version where FunctionVersion is ALL, and knows no other value', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    await client.send(new PublishVersionCommand({ FunctionName: 'shop' }))
    const all = await client.send(new ListFunctionsCommand({ FunctionVersion: 'ALL' }))
    expect(all.Functions?.map(({ FunctionArn }) => FunctionArn)).toEqual([
      `${arnOf('shop')}:$LATEST`,
      `${arnOf('shop')}:1`,
    ])
    await expect(
      client.send(new ListFunctionsCommand({ FunctionVersion: 'invalid' as never })),
    ).rejects.toMatchObject(
      fault(
        'ValidationException',
        400,
        "1 validation error detected: Value 'invalid' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]",
      ),
    )
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

  test('are on functions only, and at most 50', async () => {
    const { client } = await startLambda()
    await createActive(client, 'shop')
    const tag = (Resource: string, Tags: Record<string, string>) =>
      client.send(new TagResourceCommand({ Resource, Tags }))
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']))
    const code = 'InvalidParameterValueException'
    await expect(tag(`${arnOf('shop')}:1`, { a: 'b' })).rejects.toMatchObject(
      fault(
        code,
        400,
        'Tags on function aliases and versions are not supported. Please specify a function ARN.',
      ),
    )
    await expect(tag(arnOf('shop'), many)).rejects.toMatchObject(
      fault(code, 400, 'Number of tags exceeds resource tag limit.'),
    )
    await expect(tag(arnOf('shop'), {})).rejects.toMatchObject(
      fault(code, 400, 'An error occurred and the request cannot be processed.'),
    )
    await expect(tag(arnOf('doesnotexist'), { a: 'b' })).rejects.toMatchObject(
      fault('ResourceNotFoundException', 404, `Function not found: ${arnOf('doesnotexist')}`),
    )
    await expect(tag('arn:aws:something', { a: 'b' })).rejects.toMatchObject(
      fault(
        'ValidationException',
        400,
        /^1 validation error detected: Value 'arn:aws:something' at 'resource' failed to satisfy constraint/,
      ),
    )
  })
})
