import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import { runStores } from './running-stores.ts'

const SecretId = 'shop/db'
const tokens = ['1'.repeat(32), '2'.repeat(32)] as const

test('a version tells its key, its stages by the alphabet, and the day when it was read', async () => {
  const { secrets } = await runStores()
  await secrets.send(
    new CreateSecretCommand({ Name: SecretId, SecretString: 'one', ClientRequestToken: tokens[0] }),
  )
  await secrets.send(new GetSecretValueCommand({ SecretId }))
  await secrets.send(
    new PutSecretValueCommand({
      SecretId,
      SecretString: 'two',
      ClientRequestToken: tokens[1],
      VersionStages: ['b', 'AWSPENDING', 'a'],
    }),
  )
  const { Versions } = await secrets.send(new ListSecretVersionIdsCommand({ SecretId }))
  const KmsKeyIds = ['DefaultEncryptionKey']
  expect(Versions?.toSorted((a, b) => ((a.VersionId ?? '') < (b.VersionId ?? '') ? -1 : 1))).toEqual([
    {
      VersionId: tokens[0],
      VersionStages: ['AWSCURRENT'],
      LastAccessedDate: new Date('2026-11-21T00:00:00Z'),
      CreatedDate: expect.any(Date) as Date,
      KmsKeyIds,
    },
    {
      VersionId: tokens[1],
      VersionStages: ['AWSPENDING', 'a', 'b'],
      CreatedDate: expect.any(Date) as Date,
      KmsKeyIds,
    },
  ])
})

test('a secret that lost its tags has none, and one that never had any does not tell', async () => {
  const { secrets } = await runStores()
  await secrets.send(new CreateSecretCommand({ Name: SecretId }))
  const tags = async () => (await secrets.send(new DescribeSecretCommand({ SecretId }))).Tags
  expect(await tags()).toBeUndefined()
  await secrets.send(new TagResourceCommand({ SecretId, Tags: [{ Key: 'a', Value: 'b' }] }))
  await secrets.send(new UntagResourceCommand({ SecretId, TagKeys: ['a'] }))
  expect(await tags()).toEqual([])
})

test('a name that no secret can have is refused by every operation', async () => {
  const { secrets } = await runStores()
  for (const command of [
    new DescribeSecretCommand({ SecretId: 'a b' }),
    new GetSecretValueCommand({ SecretId: 'a b' }),
    new CreateSecretCommand({ Name: 'a b' }),
  ]) {
    await expect(secrets.send(command as DescribeSecretCommand)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Invalid name.') as string,
    })
  }
})

test('secrets are read at once by filters too, page by page', async () => {
  const { secrets } = await runStores()
  for (const [Name, Description] of [
    ['a', 'one two'],
    ['b', 'two and one'],
    ['c', 'one'],
  ]) {
    await secrets.send(new CreateSecretCommand({ Name, Description, SecretString: 'x' }))
  }
  const Filters = [{ Key: 'description' as const, Values: ['one two'] }]
  const { SecretList } = await secrets.send(new ListSecretsCommand({ Filters, SortBy: 'name' }))
  expect(SecretList?.map(({ Name }) => Name)).toEqual(['a', 'b'])
  const first = await secrets.send(new BatchGetSecretValueCommand({ Filters, MaxResults: 1 }))
  const second = await secrets.send(
    new BatchGetSecretValueCommand({ Filters, MaxResults: 1, NextToken: first.NextToken }),
  )
  const read = [first, second].flatMap(({ SecretValues }) => SecretValues ?? [])
  expect(new Set(read.map(({ Name }) => Name))).toEqual(new Set(['a', 'b']))
  expect(second.NextToken).toBeUndefined()
  await expect(
    secrets.send(new BatchGetSecretValueCommand({ Filters, SecretIdList: ['a'] })),
  ).rejects.toThrow("Either 'SecretIdList' or 'Filters' must be provided, but not both.")
})

test('a value without a token is refused, in a member of the error that the model names', async () => {
  const { secrets } = await runStores()
  const { hostname, port } = (await secrets.config.endpoint?.()) ?? { hostname: '', port: 0 }
  const answer = await fetch(`http://${hostname}:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'secretsmanager.CreateSecret',
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20261121/eu-west-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({ Name: 'raw', SecretString: 'x' }),
  })
  expect(await answer.json()).toEqual({
    __type: 'InvalidRequestException',
    Message: 'You must provide a ClientRequestToken value. We recommend a UUID-type value.',
  })
})
