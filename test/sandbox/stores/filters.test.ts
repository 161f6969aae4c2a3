import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager'
import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  type ParameterStringFilter,
  PutParameterCommand,
} from '@aws-sdk/client-ssm'
import { expect, test } from 'vitest'
import { runStores } from './running-stores.ts'

const filter = (Key: string, Values?: string[], Option?: string): ParameterStringFilter => ({
  Key,
  Values,
  Option,
})

test('a filter by name takes the first slash or leaves it out', async () => {
  const { ssm } = await runStores()
  for (const Name of ['param', '/param-2', '/tangent', 'tangram']) {
    await ssm.send(new PutParameterCommand({ Name, Value: 'v', Type: 'String' }))
  }
  const names = async (...asked: Parameters<typeof filter>) => {
    const input = { ParameterFilters: [filter(...asked)] }
    const { Parameters } = await ssm.send(new DescribeParametersCommand(input))
    return Parameters?.map(({ Name }) => Name).toSorted()
  }
  expect(await names('Name', ['/param'])).toEqual(['param'])
  expect(await names('Name', ['param-2'])).toEqual(['/param-2'])
  expect(await names('Name', ['param'], 'BeginsWith')).toEqual(['/param-2', 'param'])
  expect(await names('Name', ['/tan'], 'Contains')).toEqual(['/tangent', 'tangram'])
  expect((await ssm.send(new GetParameterCommand({ Name: '/param' }))).Parameter?.Name).toBe('/param')
})

test.each<[ParameterStringFilter[], string, string]>([
  [
    [filter('Label', ['a'])],
    'InvalidFilterKey',
    'Valid filter keys include: [Path, Name, Type, KeyId, Tier].',
  ],
  [[filter('Name')], 'InvalidFilterValue', 'values are missing : null for filter key Name'],
  [[filter('Name', ['a']), filter('Name', ['b'])], 'InvalidFilterValue', 'duplicated in the request: Name'],
  [[filter('Path', ['/aws'])], 'ValidationException', `can't be prefixed with "aws" or "ssm"`],
  [[filter('Path', ['//'])], 'ValidationException', "doesn't meet the parameter name requirements"],
  [[filter('Path', ['/a'], 'Equals')], 'InvalidFilterOption', 'include: [Recursive, OneLevel]'],
  [[filter('Name', ['a'], 'Like')], 'InvalidFilterOption', 'include: [BeginsWith, Equals]'],
  [[filter('Tier', ['Best'])], 'InvalidFilterValue', 'not valid: Best. Valid values include: [Standard,'],
])('DescribeParameters refuses the filters %j', async (ParameterFilters, name, words) => {
  const { ssm } = await runStores()
  await expect(ssm.send(new DescribeParametersCommand({ ParameterFilters }))).rejects.toMatchObject({
    name,
    message: expect.stringContaining(words) as string,
  })
})

test('a list by path has filters of its own', async () => {
  const { ssm } = await runStores()
  const ParameterFilters = [filter('Name', ['a'])]
  await expect(
    ssm.send(new GetParametersByPathCommand({ Path: '/', ParameterFilters })),
  ).rejects.toMatchObject({ name: 'InvalidFilterKey' })
})

test('a secret is read as a parameter, but only decrypted', async () => {
  const { ssm, secrets } = await runStores()
  await secrets.send(new CreateSecretCommand({ Name: 'shop/db', SecretString: 'pass' }))
  const Name = '/aws/reference/secretsmanager/shop/db'
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }))
  expect(Parameter).toMatchObject({ Name, Type: 'SecureString', Value: 'pass', Version: 0 })
  expect(JSON.parse(Parameter?.SourceResult ?? '')).toMatchObject({ name: 'shop/db', secretString: 'pass' })
  await expect(ssm.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({
    message: 'WithDecryption flag must be True for retrieving a Secret Manager secret.',
  })
  const Names = [Name, '/aws/reference/secretsmanager/gone']
  const several = await ssm.send(new GetParametersCommand({ Names, WithDecryption: true }))
  expect([several.Parameters?.length, several.InvalidParameters]).toEqual([1, Names.slice(1)])
})

test.each(['/a//b', 'a/b'])('the name %s is refused when it is read', async (Name) => {
  const { ssm } = await runStores()
  await expect(ssm.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('sub-paths divided by slash symbol') as string,
  })
})
