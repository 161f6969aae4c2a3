import {
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  DeleteAliasCommand,
  DeleteFunctionEventInvokeConfigCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  GetFunctionUrlConfigCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListFunctionUrlConfigsCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
  UpdateFunctionEventInvokeConfigCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { arnOf, createActive, fault, publishVersions, settled, startLambda } from './sandbox.ts'

async function withAlias(name: string, alias = 'live') {
  const { client, rows } = await startLambda()
  await createActive(client, name)
  await publishVersions(client, name, 1)
  await client.send(new CreateAliasCommand({ FunctionName: name, Name: alias, FunctionVersion: '1' }))
  return { client, rows, alias: { FunctionName: name, Qualifier: alias } }
}

test('an event invoke config is put as a whole, read, and goes with its alias', async () => {
  const { client, alias } = await withAlias('jobs')
  const missing = `The function ${arnOf('jobs')}:live doesn't have an EventInvokeConfig`
  const get = () => client.send(new GetFunctionEventInvokeConfigCommand(alias))
  await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: missing })
  await client.send(
    new PutFunctionEventInvokeConfigCommand({
      ...alias,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:000000000000:failed' } },
    }),
  )
  expect(await get()).toMatchObject({
    FunctionArn: `${arnOf('jobs')}:live`,
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:000000000000:failed' } },
  })
  await client.send(new PutFunctionEventInvokeConfigCommand({ ...alias, MaximumEventAgeInSeconds: 60 }))
  const replaced = await get()
  expect(replaced).toMatchObject({ MaximumEventAgeInSeconds: 60, DestinationConfig: { OnFailure: {} } })
  expect(replaced.MaximumRetryAttempts).toBeUndefined()
  await client.send(new DeleteAliasCommand({ FunctionName: 'jobs', Name: 'live' }))
  await client.send(new CreateAliasCommand({ FunctionName: 'jobs', Name: 'live', FunctionVersion: '1' }))
  await expect(client.send(new DeleteFunctionEventInvokeConfigCommand(alias))).rejects.toThrow(missing)
  const unlimited = new PutFunctionEventInvokeConfigCommand({ ...alias, MaximumRetryAttempts: 3 })
  await expect(client.send(unlimited)).rejects.toThrow(
    "Value '3' at 'maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 2",
  )
})

test('an alias whose name every object has gets its own URL and event invoke config', async () => {
  const { client, alias } = await withAlias('web', 'constructor')
  const ofFunction = { FunctionName: 'web' }
  await client.send(new PutFunctionEventInvokeConfigCommand({ ...ofFunction, MaximumRetryAttempts: 0 }))
  await client.send(new CreateFunctionUrlConfigCommand({ ...ofFunction, AuthType: 'AWS_IAM' }))
  const read = () => client.send(new GetFunctionEventInvokeConfigCommand(alias))
  await expect(read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const url = await client.send(new CreateFunctionUrlConfigCommand({ ...alias, AuthType: 'NONE' }))
  expect(url).toMatchObject({ FunctionArn: `${arnOf('web')}:constructor`, AuthType: 'NONE' })
})

test("an alias's URL is created once, updated member by member, and deleted", async () => {
  const { client, alias, rows } = await withAlias('web')
  const get = () => client.send(new GetFunctionUrlConfigCommand(alias))
  await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const create = new CreateFunctionUrlConfigCommand({ ...alias, AuthType: 'AWS_IAM' })
  const { FunctionUrl } = await client.send(create)
  expect(FunctionUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/lambda-url\/[0-9a-f]{32}\/$/)
  await expect(client.send(create)).rejects.toMatchObject({ name: 'ResourceConflictException' })
  await client.send(new UpdateFunctionUrlConfigCommand({ ...alias, Cors: { AllowOrigins: ['*'] } }))
  await client.send(new UpdateFunctionUrlConfigCommand({ ...alias, InvokeMode: 'RESPONSE_STREAM' }))
  expect(await get()).toMatchObject({
    FunctionUrl,
    AuthType: 'AWS_IAM',
    InvokeMode: 'RESPONSE_STREAM',
    Cors: { AllowOrigins: ['*'] },
  })
  expect(rows.text()).toContain('RESPONSE_STREAM')
  await client.send(new DeleteFunctionUrlConfigCommand(alias))
  await expect(get()).rejects.toThrow('The resource you requested does not exist.')
})

test("a URL's mode is repeated once it was set, and always read", async () => {
  const { client, alias } = await withAlias('web')
  const url = { ...alias, AuthType: 'NONE' } as const
  expect(await client.send(new CreateFunctionUrlConfigCommand(url))).not.toHaveProperty('InvokeMode')
  const update = new UpdateFunctionUrlConfigCommand({ ...alias, AuthType: 'AWS_IAM' })
  expect(await client.send(update)).not.toHaveProperty('InvokeMode')
  const read = new GetFunctionUrlConfigCommand(alias)
  expect(await client.send(read)).toMatchObject({ InvokeMode: 'BUFFERED' })
  const streamed = new UpdateFunctionUrlConfigCommand({ ...alias, InvokeMode: 'RESPONSE_STREAM' })
  expect(await client.send(streamed)).toMatchObject({ InvokeMode: 'RESPONSE_STREAM' })
  const wrong = new UpdateFunctionUrlConfigCommand({ ...alias, InvokeMode: 'BOTH' as 'BUFFERED' })
  await expect(client.send(wrong)).rejects.toThrow(/enum value set: \[RESPONSE_STREAM, BUFFERED\]$/)
  expect(await client.send(update)).toMatchObject({ InvokeMode: 'RESPONSE_STREAM' })
  expect(await client.send(read)).toMatchObject({ InvokeMode: 'RESPONSE_STREAM' })
})

test('subnets are of a network, until an update has none', async () => {
  const { client } = await withAlias('inside')
  const update = async (VpcConfig: object) => {
    const command = new UpdateFunctionConfigurationCommand({ FunctionName: 'inside', VpcConfig })
    const { VpcConfig: after } = await client.send(command)
    await settled(client, 'inside')
    return after
  }
  const given = { SubnetIds: ['subnet-1a'], SecurityGroupIds: ['sg-1b'] }
  expect(await update(given)).toEqual({
    ...given,
    Ipv6AllowedForDualStack: false,
    VpcId: expect.stringMatching(/^vpc-[0-9a-f]{17}$/) as string,
  })
  const none = { SubnetIds: [], SecurityGroupIds: [] }
  expect(await update(none)).toEqual({ ...none, Ipv6AllowedForDualStack: false, VpcId: '' })
})

test('ids of subnets and security groups of another form are refused in the words of AWS', async () => {
  const { client } = await withAlias('inside')
  const update = (VpcConfig: { SubnetIds?: string[]; SecurityGroupIds?: string[] }) =>
    client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'inside', VpcConfig }))
  await expect(update({ SubnetIds: ['net-1'] })).rejects.toThrow(
    "1 validation error detected: Value '[net-1]' at 'vpcConfig.subnetIds' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: subnet-[0-9a-z]*]",
  )
  await expect(update({ SecurityGroupIds: ['group'] })).rejects.toThrow("at 'vpcConfig.securityGroupIds'")
})

test('an update changes single members of an event invoke config, and all configs are listed', async () => {
  const { client, alias } = await withAlias('jobs')
  const update = new UpdateFunctionEventInvokeConfigCommand({ ...alias, MaximumRetryAttempts: 1 })
  await expect(client.send(update)).rejects.toMatchObject(
    fault(
      'ResourceNotFoundException',
      404,
      `The function ${arnOf('jobs')}:live doesn't have an EventInvokeConfig`,
    ),
  )
  const put = (change: object) =>
    client.send(new PutFunctionEventInvokeConfigCommand({ ...alias, ...change }))
  await put({ MaximumEventAgeInSeconds: 60 })
  await put({ Qualifier: '1', MaximumRetryAttempts: 0 })
  expect(await client.send(update)).toMatchObject({ MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 1 })
  const list = (Marker?: string) =>
    client.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName: 'jobs', MaxItems: 1, Marker }))
  const first = await list()
  const second = await list(first.NextMarker)
  const listed = [first, second].flatMap(({ FunctionEventInvokeConfigs }) => FunctionEventInvokeConfigs ?? [])
  expect(listed.map(({ FunctionArn }) => FunctionArn)).toEqual([
    `${arnOf('jobs')}:1`,
    `${arnOf('jobs')}:live`,
  ])
  expect(second.NextMarker).toBeUndefined()
  await expect(put({ Qualifier: '7', MaximumRetryAttempts: 0 })).rejects.toMatchObject(
    fault('ResourceNotFoundException', 404, "The function doesn't exist."),
  )
})

test.each([
  [
    'invalid',
    'ValidationException',
    /^1 validation error detected: Value 'invalid' at 'destinationConfig.onFailure/,
  ],
  [arnOf('nobody'), 'InvalidParameterValueException', `The destination ARN ${arnOf('nobody')} is invalid.`],
  [
    arnOf('jobs'),
    'InvalidParameterValueException',
    "You can't specify the function as a destination for itself.",
  ],
  [
    'arn:aws:ec2:eu-west-1:000000000000:instance/i',
    'InvalidParameterValueException',
    'The provided destination config DestinationConfig(onSuccess=null, onFailure=OnFailure(destination=arn:aws:ec2:eu-west-1:000000000000:instance/i)) is invalid.',
  ],
])('the destination %s is refused', async (Destination, code, message) => {
  const { client, alias } = await withAlias('jobs')
  const put = new PutFunctionEventInvokeConfigCommand({
    ...alias,
    DestinationConfig: { OnFailure: { Destination } },
  })
  await expect(client.send(put)).rejects.toMatchObject(fault(code, 400, message))
})

test('the URLs of a function and its aliases are listed in pages', async () => {
  const { client, alias } = await withAlias('web')
  for (const Qualifier of [undefined, 'live']) {
    await client.send(new CreateFunctionUrlConfigCommand({ ...alias, Qualifier, AuthType: 'NONE' }))
  }
  const list = (Marker?: string) =>
    client.send(new ListFunctionUrlConfigsCommand({ FunctionName: 'web', MaxItems: 1, Marker }))
  const first = await list()
  expect(first.FunctionUrlConfigs).toMatchObject([{ FunctionArn: arnOf('web'), InvokeMode: 'BUFFERED' }])
  const second = await list(first.NextMarker)
  expect(second).toMatchObject({ FunctionUrlConfigs: [{ FunctionArn: `${arnOf('web')}:live` }] })
  expect(second.NextMarker).toBeUndefined()
})

test.each(['1', '$LATEST'])('no URL is made for %s', async (Qualifier) => {
  const { client, alias } = await withAlias('web')
  const create = new CreateFunctionUrlConfigCommand({ ...alias, Qualifier, AuthType: 'NONE' })
  await expect(client.send(create)).rejects.toMatchObject(
    fault(
      'ValidationException',
      400,
      `1 validation error detected: Value '${Qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)`,
    ),
  )
})
