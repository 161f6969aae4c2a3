import {
  AddLayerVersionPermissionCommand,
  CreateFunctionCommand,
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  GetLayerVersionPolicyCommand,
  InvokeCommand,
  type LambdaClient,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  RemoveLayerVersionPermissionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import type { CodeStore } from '../../../../src/sandbox/lambda/code/code-store.ts'
import { requireRoom } from '../../../../src/sandbox/lambda/functions/used-layers.ts'
import { account, createActive, fault, functionInput, region, settled, startLambda } from '../sandbox.ts'
import { handlerZip } from '../zip.ts'

const arn = (name: string, version?: number) =>
  `arn:aws:lambda:${region}:${account}:layer:${name}${version === undefined ? '' : `:${version}`}`
const missing = fault('ResourceNotFoundException', 404, 'The resource you requested does not exist.')

const publish = (client: LambdaClient, LayerName: string, text = 'one', more: object = {}) =>
  client.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: handlerZip(text) }, ...more }))

test('a layer is published, got by number and by ARN, and its package is behind its link', async () => {
  const { client } = await startLambda()
  const published = await publish(client, 'greet', 'one', {
    Description: 'greets',
    LicenseInfo: 'MIT',
    CompatibleRuntimes: ['nodejs24.x'],
    CompatibleArchitectures: ['arm64'],
  })
  expect(published).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    LayerArn: arn('greet'),
    LayerVersionArn: arn('greet', 1),
    Version: 1,
    Description: 'greets',
    LicenseInfo: 'MIT',
    CompatibleRuntimes: ['nodejs24.x'],
    CompatibleArchitectures: ['arm64'],
    CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\+0000$/) as string,
  })
  const got = await client.send(new GetLayerVersionCommand({ LayerName: arn('greet'), VersionNumber: 1 }))
  expect(got).toMatchObject({ LayerVersionArn: arn('greet', 1), Description: 'greets' })
  const byArn = await client.send(new GetLayerVersionByArnCommand({ Arn: arn('greet', 1) }))
  expect(byArn.Content?.CodeSha256).toBe(published.Content?.CodeSha256)
  const file = await fetch(byArn.Content?.Location ?? '')
  expect(Buffer.from(await file.arrayBuffer()).equals(handlerZip('one'))).toBe(true)
})

test('layers and their versions are listed, the newest first, by runtime and in pages', async () => {
  const { client, rows } = await startLambda()
  await publish(client, 'greet', 'one', { CompatibleRuntimes: ['python3.14'] })
  await publish(client, 'greet', 'two', { CompatibleRuntimes: ['nodejs24.x'] })
  await publish(client, 'other')
  const versions = (input: object = {}) =>
    client.send(new ListLayerVersionsCommand({ LayerName: 'greet', ...input }))
  const first = await versions({ MaxItems: 1 })
  expect(first.LayerVersions).toMatchObject([{ Version: 2, LayerVersionArn: arn('greet', 2) }])
  expect(await versions({ Marker: first.NextMarker })).toMatchObject({ LayerVersions: [{ Version: 1 }] })
  expect((await versions({ LayerName: 'none' })).LayerVersions).toEqual([])
  const python = await versions({ CompatibleRuntime: 'python3.14' })
  expect(python.LayerVersions?.map(({ Version }) => Version)).toEqual([1])
  const { Layers } = await client.send(new ListLayersCommand({}))
  expect(
    Layers?.map(({ LayerName, LatestMatchingVersion }) => [LayerName, LatestMatchingVersion?.Version]),
  ).toEqual([
    ['greet', 2],
    ['other', 1],
  ])
  expect(rows.text()).toContain('python3.14')
})

test('a deleted version is gone, its number is not used again, and deleting it again is no error', async () => {
  const { client } = await startLambda()
  await publish(client, 'greet')
  const remove = (VersionNumber: number) =>
    client.send(new DeleteLayerVersionCommand({ LayerName: 'greet', VersionNumber }))
  await remove(1)
  await remove(1)
  await expect(
    client.send(new GetLayerVersionCommand({ LayerName: 'greet', VersionNumber: 1 })),
  ).rejects.toMatchObject(missing)
  expect((await client.send(new ListLayersCommand({}))).Layers).toEqual([])
  expect((await publish(client, 'greet', 'two')).Version).toBe(2)
  await expect(remove(0)).rejects.toMatchObject(
    fault('InvalidParameterValueException', 400, 'Layer Version Cannot be less than 1'),
  )
})

test('a function has the layers that it is created and updated with, also after they are deleted', async () => {
  const { client, executor } = await startLambda()
  await publish(client, 'greet', 'one')
  await publish(client, 'other', 'two')
  const layers = [arn('greet', 1), arn('other', 1)]
  await createActive(client, 'shop', { Layers: layers })
  const configuration = () => client.send(new GetFunctionConfigurationCommand({ FunctionName: 'shop' }))
  expect((await configuration()).Layers).toEqual([
    { Arn: layers[0], CodeSize: handlerZip('one').byteLength },
    { Arn: layers[1], CodeSize: handlerZip('two').byteLength },
  ])
  await client.send(new DeleteLayerVersionCommand({ LayerName: 'greet', VersionNumber: 1 }))
  await client.send(new InvokeCommand({ FunctionName: 'shop' }))
  expect(executor.invocations[0]?.target.layersDirectory).toMatch(/\/layers-[0-9a-f]{64}$/)
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', Layers: [] }))
  await settled(client, 'shop')
  expect((await configuration()).Layers).toBeUndefined()
})

test.each([
  [[arn('none', 1)], `Layer version ${arn('none', 1)} does not exist.`],
  [[arn('greet', 2)], `Layer version ${arn('greet', 2)} does not exist.`],
  [
    [arn('greet', 1).replace(region, 'us-east-1')],
    `Layers are not in the same region as the function. Layers are expected to be in region ${region}.`,
  ],
  [
    [arn('greet', 1), arn('greet', 1)],
    `Two different versions of the same layer are not allowed to be referenced in the same function. ${arn('greet', 1)} and ${arn('greet', 1)} are versions of the same layer.`,
  ],
  [Array.from({ length: 6 }, (_, index) => arn(`l${index}`, 1)), 'Cannot reference more than 5 layers.'],
])('a function is refused with %j', async (Layers, message) => {
  const { client } = await startLambda()
  await publish(client, 'greet')
  const refusal = fault('InvalidParameterValueException', 400, message)
  await expect(
    client.send(new CreateFunctionCommand(functionInput('shop', { Layers }))),
  ).rejects.toMatchObject(refusal)
  await createActive(client, 'shop')
  await expect(
    client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'shop', Layers })),
  ).rejects.toMatchObject(refusal)
})

test('a layer of another account is not shared with this one', async () => {
  const { client } = await startLambda()
  const other = arn('greet', 1).replace(account, '123456789012')
  await expect(
    client.send(new CreateFunctionCommand(functionInput('shop', { Layers: [other] }))),
  ).rejects.toMatchObject(
    fault(
      'AccessDeniedException',
      403,
      /is not authorized to perform: lambda:GetLayerVersion on resource: arn:/,
    ),
  )
})

test('the policy of a layer has the permissions that are added, until they are removed', async () => {
  const { client } = await startLambda()
  await publish(client, 'greet')
  const version = { LayerName: 'greet', VersionNumber: 1 }
  const policy = async () => {
    const { Policy, RevisionId } = await client.send(new GetLayerVersionPolicyCommand(version))
    return { statements: (JSON.parse(Policy ?? '') as { Statement: object[] }).Statement, RevisionId }
  }
  await expect(policy()).rejects.toMatchObject(
    fault('ResourceNotFoundException', 404, 'No policy is associated with the given resource.'),
  )
  const permission = { ...version, StatementId: 's1', Action: 'lambda:GetLayerVersion', Principal: '*' }
  const added = await client.send(new AddLayerVersionPermissionCommand(permission))
  const before = await policy()
  expect(before.RevisionId).toBe(added.RevisionId)
  expect(before.statements).toEqual([
    { Sid: 's1', Effect: 'Allow', Principal: '*', Action: permission.Action, Resource: arn('greet', 1) },
  ])
  await expect(client.send(new AddLayerVersionPermissionCommand(permission))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  })
  const stale = { ...permission, StatementId: 's2', RevisionId: 'old' }
  await expect(client.send(new AddLayerVersionPermissionCommand(stale))).rejects.toMatchObject({
    name: 'PreconditionFailedException',
  })
  const remove = (StatementId: string) =>
    client.send(new RemoveLayerVersionPermissionCommand({ ...version, StatementId }))
  await expect(remove('s3')).rejects.toThrow('Statement s3 is not found in resource policy.')
  await remove('s1')
  await expect(policy()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('a function and its layers are limited together', async () => {
  const code = { unpackedSize: () => Promise.resolve(140_000_000) } as Partial<CodeStore> as CodeStore
  const part = { digest: 'd', sha256: 's', size: 1 }
  const layers = { parts: [{ arn: arn('greet', 1), code: part }], folder: 'd' }
  await expect(requireRoom({ code }, { code: part, layers })).rejects.toMatchObject({
    message:
      'Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. The actual size is 280000000 bytes.',
  })
  await expect(requireRoom({ code }, { code: part })).resolves.toBeUndefined()
})
