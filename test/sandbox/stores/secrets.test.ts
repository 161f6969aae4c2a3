import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  type SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import { runStores } from './running-stores.ts'

const SecretId = 'shop/db'
const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(36)) as [string, string, string]

const create = (secrets: SecretsManagerClient, input: Partial<CreateSecretCommandInput> = {}) =>
  secrets.send(new CreateSecretCommand({ Name: SecretId, ...input }))

async function createWithCandidate(secrets: SecretsManagerClient): Promise<void> {
  await create(secrets, { SecretString: 'one', ClientRequestToken: one })
  await secrets.send(
    new PutSecretValueCommand({
      SecretId,
      SecretString: 'two',
      ClientRequestToken: two,
      VersionStages: ['CANDIDATE'],
    }),
  )
}

const readerOf =
  (secrets: SecretsManagerClient) =>
  async (asked: object = {}) =>
    (await secrets.send(new GetSecretValueCommand({ SecretId, ...asked }))).SecretString

test('a secret is read by its version or its stage, and a candidate is not the current one', async () => {
  const { secrets } = await runStores()
  await createWithCandidate(secrets)
  const read = readerOf(secrets)
  expect([await read(), await read({ VersionStage: 'CANDIDATE' }), await read({ VersionId: two })]).toEqual([
    'one',
    'two',
    'two',
  ])
  await secrets.send(
    new PutSecretValueCommand({ SecretId, SecretString: 'three', ClientRequestToken: three }),
  )
  expect([await read(), await read({ VersionStage: 'AWSPREVIOUS' })]).toEqual(['three', 'one'])
  await expect(read({ VersionId: 'x'.repeat(32) })).rejects.toMatchObject({
    message: `Secrets Manager can't find the specified secret value for VersionId: ${'x'.repeat(32)}`,
  })
  await expect(read({ VersionId: two, VersionStage: 'AWSCURRENT' })).rejects.toMatchObject({
    name: 'InvalidRequestException',
  })
  const described = await secrets.send(new DescribeSecretCommand({ SecretId }))
  expect(described.VersionIdsToStages).toEqual({
    [one]: ['AWSPREVIOUS'],
    [two]: ['CANDIDATE'],
    [three]: ['AWSCURRENT'],
  })
})

test('a stage moves only from the version that has it, and the current one leaves a previous one', async () => {
  const { secrets } = await runStores()
  await createWithCandidate(secrets)
  const move = (input: object) =>
    secrets.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSCURRENT', ...input }))
  await expect(move({ MoveToVersionId: two })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining("RemoveFromVersionId can't be empty") as string,
  })
  await expect(move({ RemoveFromVersionId: one })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
  await move({ MoveToVersionId: two, RemoveFromVersionId: one })
  await secrets.send(
    new UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'CANDIDATE', RemoveFromVersionId: two }),
  )
  const { Versions } = await secrets.send(new ListSecretVersionIdsCommand({ SecretId }))
  expect(Versions?.map(({ VersionId, VersionStages }) => [VersionId, VersionStages])).toEqual([
    [two, ['AWSCURRENT']],
    [one, ['AWSPREVIOUS']],
  ])
})

test('a request with the token of a version is harmless, unless its value is another', async () => {
  const { secrets } = await runStores()
  const input = { SecretString: 'one', ClientRequestToken: one }
  const { ARN } = await create(secrets, input)
  expect(await create(secrets, input)).toMatchObject({ ARN, VersionId: one })
  const put = (SecretString: string) =>
    secrets.send(new PutSecretValueCommand({ ...input, SecretId, SecretString }))
  expect(await put('one')).toMatchObject({ VersionId: one, VersionStages: ['AWSCURRENT'] })
  await expect(put('two')).rejects.toMatchObject({ name: 'ResourceExistsException' })
})

test('a value is text or bytes; a secret without one has nothing to read', async () => {
  const { secrets } = await runStores()
  await create(secrets)
  const read = readerOf(secrets)
  await expect(read()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
  })
  const SecretBinary = Buffer.from([0, 255, 7])
  await secrets.send(new UpdateSecretCommand({ SecretId, SecretBinary, Description: 'a key' }))
  const got = await secrets.send(new GetSecretValueCommand({ SecretId }))
  expect(Buffer.from(got.SecretBinary ?? [])).toEqual(SecretBinary)
  expect(got.SecretString).toBeUndefined()
  const both = new PutSecretValueCommand({ SecretId, SecretBinary, SecretString: 'x' })
  await expect(secrets.send(both)).rejects.toMatchObject({ name: 'InvalidParameterException' })
})

test('a deleted secret can be restored until its time is over, and then its name is free', async () => {
  const { secrets, time } = await runStores()
  const { ARN } = await create(secrets, { SecretString: 'one' })
  const remove = (input: object = {}) => secrets.send(new DeleteSecretCommand({ SecretId, ...input }))
  await expect(remove({ RecoveryWindowInDays: 3 })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
  const { DeletionDate } = await remove({ RecoveryWindowInDays: 7 })
  expect(DeletionDate).toEqual(new Date('2026-11-28T10:00:00Z'))
  const read = readerOf(secrets)
  const marked = {
    name: 'InvalidRequestException',
    message: expect.stringContaining('marked for deletion') as string,
  }
  await expect(read()).rejects.toMatchObject(marked)
  await expect(create(secrets)).rejects.toMatchObject({
    message: expect.stringContaining('already scheduled for deletion') as string,
  })
  await secrets.send(new RestoreSecretCommand({ SecretId }))
  expect(await read()).toBe('one')
  await remove()
  time.now += 31 * 86_400_000
  const again = await create(secrets, { SecretString: 'again' })
  expect(again.ARN).not.toBe(ARN)
  await remove({ ForceDeleteWithoutRecovery: true })
  await expect(read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('secrets are listed by filters, page by page, and several are read at once', async () => {
  const { secrets, time } = await runStores()
  for (const Name of ['shop/a', 'shop/b', 'other']) {
    time.now += 1000
    await create(secrets, { Name, SecretString: Name, Tags: [{ Key: 'team', Value: Name.slice(0, 4) }] })
  }
  await secrets.send(new TagResourceCommand({ SecretId: 'other', Tags: [{ Key: 'env', Value: 'prod' }] }))
  await secrets.send(new UntagResourceCommand({ SecretId: 'other', TagKeys: ['team'] }))
  const first = await secrets.send(new ListSecretsCommand({ MaxResults: 2 }))
  expect(first.SecretList?.map(({ Name }) => Name)).toEqual(['other', 'shop/b'])
  expect(first.SecretList?.[0]?.Tags).toEqual([{ Key: 'env', Value: 'prod' }])
  const rest = await secrets.send(new ListSecretsCommand({ MaxResults: 2, NextToken: first.NextToken }))
  expect(rest.SecretList?.map(({ Name }) => Name)).toEqual(['shop/a'])
  const named = await secrets.send(
    new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['shop/'] }], SortOrder: 'asc' }),
  )
  expect(named.SecretList?.map(({ Name }) => Name)).toEqual(['shop/a', 'shop/b'])
  const { SecretValues, Errors } = await secrets.send(
    new BatchGetSecretValueCommand({ SecretIdList: ['shop/a', 'none'] }),
  )
  expect(SecretValues?.map(({ SecretString }) => SecretString)).toEqual(['shop/a'])
  expect(Errors).toMatchObject([{ SecretId: 'none', ErrorCode: 'ResourceNotFoundException' }])
})

test('a secret that an older sandbox kept is still read', async () => {
  const { secrets, parts } = await runStores()
  const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-abcdef'
  const older = { name: SecretId, arn, text: 'kept', version: one, created: 0 }
  for (const part of parts.secrets.persistent) part.apply([[`eu-west-1 ${SecretId}`, older]])
  expect(await readerOf(secrets)()).toBe('kept')
  await secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString: 'new' }))
  expect(await readerOf(secrets)({ VersionStage: 'AWSPREVIOUS' })).toBe('kept')
})
