import {
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  DeleteAliasCommand,
  DeleteFunctionEventInvokeConfigCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  GetFunctionUrlConfigCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { arnOf, createActive, publishVersions, startLambda } from './sandbox.ts'

async function withAlias(name: string) {
  const { client, rows } = await startLambda()
  await createActive(client, name)
  await publishVersions(client, name, 1)
  await client.send(new CreateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: '1' }))
  return { client, rows, alias: { FunctionName: name, Qualifier: 'live' } }
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

test("an alias's URL is created once, updated member by member, and deleted", async () => {
  const { client, alias, rows } = await withAlias('web')
  const get = () => client.send(new GetFunctionUrlConfigCommand(alias))
  await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const create = new CreateFunctionUrlConfigCommand({ ...alias, AuthType: 'AWS_IAM' })
  const { FunctionUrl } = await client.send(create)
  expect(FunctionUrl).toMatch(/^https:\/\/\w+\.lambda-url\.eu-west-1\.on\.aws\/$/)
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

test('ids of subnets and security groups of another form are refused in the words of AWS', async () => {
  const { client } = await withAlias('inside')
  const update = (VpcConfig: { SubnetIds?: string[]; SecurityGroupIds?: string[] }) =>
    client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'inside', VpcConfig }))
  await expect(update({ SubnetIds: ['net-1'] })).rejects.toThrow(
    "1 validation error detected: Value '[net-1]' at 'vpcConfig.subnetIds' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: subnet-[0-9a-z]*]",
  )
  await expect(update({ SecurityGroupIds: ['group'] })).rejects.toThrow("at 'vpcConfig.securityGroupIds'")
})
