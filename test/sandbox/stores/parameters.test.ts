import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  RemoveTagsFromResourceCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm'
import { expect, test } from 'vitest'
import { runStores } from './running-stores.ts'

const put = (ssm: SSMClient, Name: string, input: Partial<PutParameterCommandInput> = {}) =>
  ssm.send(new PutParameterCommand({ Name, Type: 'String', Value: Name, ...input }))

const valueOf = async (ssm: SSMClient, Name: string) =>
  (await ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value

test('a parameter is read by any of its versions, and its history has them all', async () => {
  const { ssm } = await runStores()
  await put(ssm, '/shop/key', { Value: 'one', Description: 'first' })
  await put(ssm, '/shop/key', { Value: 'two', Overwrite: true, Type: undefined })
  expect(await valueOf(ssm, '/shop/key')).toBe('two')
  expect(await valueOf(ssm, '/shop/key:1')).toBe('one')
  await expect(valueOf(ssm, '/shop/key:3')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' })
  const { Parameters, InvalidParameters } = await ssm.send(
    new GetParametersCommand({ Names: ['/shop/key:1', '/shop/key:3', '/shop/key:1'] }),
  )
  expect(Parameters).toMatchObject([{ Name: '/shop/key', Selector: ':1', Value: 'one' }])
  expect(InvalidParameters).toEqual(['/shop/key:3'])
  const history = await ssm.send(new GetParameterHistoryCommand({ Name: '/shop/key' }))
  expect(history.Parameters?.map(({ Version, Value, Description }) => [Version, Value, Description])).toEqual(
    [
      [1, 'one', 'first'],
      [2, 'two', 'first'],
    ],
  )
  expect(history.Parameters?.[0]?.LastModifiedUser).toBe('arn:aws:iam::123456789012:user/sandbox')
  await expect(
    ssm.send(new LabelParameterVersionCommand({ Name: '/shop/key', Labels: ['live'] })),
  ).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } })
})

test('a name with a version is only read: nothing is written or deleted by it', async () => {
  const { ssm } = await runStores()
  await put(ssm, '/db/url', { Value: 'one' })
  await expect(put(ssm, '/db/url:1', { Value: 'two', Overwrite: true })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('Parameter name') as string,
  })
  const arn = 'arn:aws:ssm:eu-west-1:123456789012:parameter/db/url:1'
  for (const Name of ['/db/url:1', '/db/url:live', arn]) {
    await expect(ssm.send(new DeleteParameterCommand({ Name }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    })
  }
  const { InvalidParameters } = await ssm.send(new DeleteParametersCommand({ Names: ['/db/url:1'] }))
  expect(InvalidParameters).toEqual(['/db/url:1'])
  const tagged = { ResourceType: 'Parameter', ResourceId: '/db/url:1' } as const
  await expect(ssm.send(new ListTagsForResourceCommand(tagged))).rejects.toMatchObject({
    name: 'InvalidResourceId',
  })
  expect(await valueOf(ssm, arn)).toBe('one')
})

test('a name with a slash before it and without one is the same parameter', async () => {
  const { ssm } = await runStores()
  await put(ssm, '/top', { Value: 'x' })
  expect(await valueOf(ssm, 'top')).toBe('x')
  expect(await valueOf(ssm, 'arn:aws:ssm:eu-west-1:123456789012:parameter/top')).toBe('x')
  await expect(put(ssm, 'top')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' })
})

test('parameters are read by their path, page by page, only those directly below unless asked otherwise', async () => {
  const { ssm } = await runStores()
  for (const name of ['/shop/a', '/shop/b', '/shop/deep/c', '/shopping/d', 'plain']) await put(ssm, name)
  await put(ssm, '/shop/secret', { Type: 'SecureString' })
  const list = async (Path: string, input: object = {}) => {
    const page = await ssm.send(new GetParametersByPathCommand({ Path, ...input }))
    return { names: page.Parameters?.map(({ Name }) => Name), token: page.NextToken }
  }
  expect((await list('/shop')).names).toEqual(['/shop/a', '/shop/b', '/shop/secret'])
  expect((await list('/')).names).toEqual(['plain'])
  const filters = [{ Key: 'Type', Values: ['SecureString'] }]
  expect((await list('/shop/', { ParameterFilters: filters })).names).toEqual(['/shop/secret'])
  const first = await list('/shop', { Recursive: true, MaxResults: 3 })
  expect(first.names).toEqual(['/shop/a', '/shop/b', '/shop/deep/c'])
  const rest = await list('/shop', { Recursive: true, MaxResults: 3, NextToken: first.token })
  expect(rest).toEqual({ names: ['/shop/secret'], token: undefined })
  await expect(list('shop')).rejects.toMatchObject({ name: 'ValidationException' })
  await expect(list('/', { MaxResults: 11 })).rejects.toMatchObject({ name: 'ValidationException' })
})

test.each<[string, Partial<PutParameterCommandInput>, string, string]>([
  ['p', { Type: undefined }, 'ValidationException', 'A parameter type is required'],
  ['p', { Type: 'Text' as 'String' }, 'ValidationException', "at 'type' failed to satisfy constraint"],
  ['p', { Value: '' }, 'ValidationException', 'greater than or equal to 1'],
  ['p', { Value: 'x'.repeat(4097) }, 'ValidationException', 'Standard tier parameters support'],
  ['p', { DataType: 'json' }, 'ValidationException', 'The following data type is not supported: json'],
  [
    'p',
    { Tags: [{ Key: 'a', Value: 'b' }], Overwrite: true },
    'ValidationException',
    "tags and overwrite can't be used",
  ],
  ['p', { AllowedPattern: '^\\d+$' }, 'ParameterPatternMismatchException', 'allowedPattern'],
  ['p', { KeyId: 'alias/x' }, 'ValidationException', 'KeyId is required for SecureString'],
  ['a/b', {}, 'ValidationException', 'must be a fully qualified name'],
  ['/a//b', {}, 'ValidationException', 'Parameter name'],
  ['aws-thing', {}, 'ValidationException', 'prefixed with "aws" or "ssm"'],
  ['/aws/x', {}, 'AccessDeniedException', 'No access to reserved parameter name: /aws/x.'],
  ['/SSM/x', {}, 'ValidationException', `Parameter name: can't be prefixed with "ssm" (case-insensitive).`],
  ['aws_x', {}, 'ValidationException', `can't be prefixed with "aws" or "ssm" (case-insensitive).`],
  ['p', { Policies: '[]' }, 'NotImplemented', 'the parameter Policies'],
])('of the parameter %s, %j is refused', async (name, input, error, words) => {
  const { ssm } = await runStores()
  await expect(put(ssm, name, input)).rejects.toMatchObject({
    name: error,
    message: expect.stringContaining(words) as string,
  })
})

test('parameters are described with their tier, tags and filters, and several are deleted at once', async () => {
  const { ssm } = await runStores()
  await put(ssm, '/shop/a', { Tags: [{ Key: 'env', Value: 'prod' }], Tier: 'Advanced', Description: 'an a' })
  await put(ssm, '/shop/b', { Type: 'SecureString' })
  const tagged = { ResourceType: 'Parameter', ResourceId: '/shop/b' } as const
  await ssm.send(new AddTagsToResourceCommand({ ...tagged, Tags: [{ Key: 'env', Value: 'dev' }] }))
  const describe = async (Key: string, Values: string[], Option?: string) => {
    const ParameterFilters = [{ Key, Values, Option }]
    return (await ssm.send(new DescribeParametersCommand({ ParameterFilters }))).Parameters ?? []
  }
  expect(await describe('tag:constructor', ['x'], 'BeginsWith')).toEqual([])
  expect(await describe('tag:env', ['prod'])).toMatchObject([
    { Name: '/shop/a', Tier: 'Advanced', Description: 'an a', DataType: 'text', Version: 1 },
  ])
  expect(await describe('Name', ['/shop/b'], 'BeginsWith')).toMatchObject([{ KeyId: 'alias/aws/ssm' }])
  expect(await describe('Path', ['/shop'])).toHaveLength(2)
  await ssm.send(new RemoveTagsFromResourceCommand({ ...tagged, TagKeys: ['env'] }))
  expect((await ssm.send(new ListTagsForResourceCommand(tagged))).TagList).toEqual([])
  const Names = ['/shop/a', '/shop/b', '/none']
  expect(await ssm.send(new DeleteParametersCommand({ Names }))).toMatchObject({
    DeletedParameters: ['/shop/a', '/shop/b'],
    InvalidParameters: ['/none'],
  })
})
