import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager'
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
} from '@aws-sdk/client-ssm'
import { expect, test } from 'vitest'
import { followRows } from '../state/rows.ts'
import { runStores } from './running-stores.ts'

test('a parameter is put, read with decryption, overwritten only where asked, and deleted', async () => {
  const { ssm } = await runStores()
  const put = { Name: '/shop/key', Type: 'SecureString', Value: 'hush' } as const
  expect(await ssm.send(new PutParameterCommand(put))).toMatchObject({ Version: 1 })
  await expect(ssm.send(new PutParameterCommand(put))).rejects.toMatchObject({
    name: 'ParameterAlreadyExists',
  })
  await ssm.send(new PutParameterCommand({ ...put, Value: 'new', Overwrite: true }))
  const read = (WithDecryption: boolean) =>
    ssm.send(new GetParameterCommand({ Name: '/shop/key', WithDecryption }))
  expect((await read(true)).Parameter).toMatchObject({ Value: 'new', Version: 2, Type: 'SecureString' })
  expect((await read(false)).Parameter?.Value).not.toBe('new')
  await ssm.send(new DeleteParameterCommand({ Name: '/shop/key' }))
  await expect(read(true)).rejects.toMatchObject({ name: 'ParameterNotFound' })
})

test('several parameters are read at once, those that are not there named, at most ten', async () => {
  const { ssm } = await runStores()
  await ssm.send(new PutParameterCommand({ Name: 'one', Type: 'String', Value: '1' }))
  const arn = 'arn:aws:ssm:eu-west-1:123456789012:parameter/one'
  const { Parameters, InvalidParameters } = await ssm.send(
    new GetParametersCommand({ Names: ['one', arn, 'two'] }),
  )
  expect(Parameters?.map(({ Value, ARN }) => [Value, ARN])).toEqual([
    ['1', arn],
    ['1', arn],
  ])
  expect(InvalidParameters).toEqual(['two'])
  const Names = Array.from({ length: 11 }, (_, index) => `p${index}`)
  await expect(ssm.send(new GetParametersCommand({ Names }))).rejects.toMatchObject({
    name: 'ValidationException',
  })
})

test('a secret is created once, put again, and read by its name or its ARN', async () => {
  const { secrets } = await runStores()
  const { ARN } = await secrets.send(new CreateSecretCommand({ Name: 'shop/db', SecretString: 'one' }))
  await expect(
    secrets.send(new CreateSecretCommand({ Name: 'shop/db', SecretString: 'x' })),
  ).rejects.toMatchObject({ name: 'ResourceExistsException' })
  await secrets.send(new PutSecretValueCommand({ SecretId: 'shop/db', SecretString: 'two' }))
  for (const SecretId of ['shop/db', ARN, ARN?.slice(0, -7)]) {
    expect((await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString).toBe('two')
  }
  await expect(secrets.send(new GetSecretValueCommand({ SecretId: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  })
})

test('both keep their state', async () => {
  const { ssm, secrets, parts } = await runStores()
  const rows = followRows([...parts.ssm.persistent, ...parts.secrets.persistent])
  await ssm.send(new PutParameterCommand({ Name: 'one', Type: 'String', Value: '1' }))
  await secrets.send(new CreateSecretCommand({ Name: 'db', SecretString: 'one' }))
  const restored = await runStores()
  rows.restore([...restored.parts.ssm.persistent, ...restored.parts.secrets.persistent])
  expect((await restored.ssm.send(new GetParameterCommand({ Name: 'one' }))).Parameter?.Value).toBe('1')
  expect((await restored.secrets.send(new GetSecretValueCommand({ SecretId: 'db' }))).SecretString).toBe(
    'one',
  )
})
