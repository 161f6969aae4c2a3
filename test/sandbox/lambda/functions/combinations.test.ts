import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  GetFunctionCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { createActive, fault, functionInput, startLambda } from '../sandbox.ts'

const accessPoint = 'arn:aws:elasticfilesystem:eu-west-1:000000000000:access-point/fsap-0123456789abcdef0'
const files = [{ Arn: accessPoint, LocalMountPath: '/mnt/files' }]
const inVpc = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] }
const withSnapshots = { ApplyOn: 'PublishedVersions' } as const

type Settings = Partial<CreateFunctionCommandInput & UpdateFunctionConfigurationCommandInput>

test.each<[string, Settings, Settings]>([
  [
    'nodejs24.x is not supported for SnapStart enabled functions.',
    { SnapStart: withSnapshots },
    { Runtime: 'python3.13', SnapStart: withSnapshots },
  ],
  [
    'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "Json" and try again.',
    { LoggingConfig: { SystemLogLevel: 'WARN' } },
    { LoggingConfig: { SystemLogLevel: 'WARN', LogFormat: 'JSON' } },
  ],
  [
    `Function must be configured to execute in a VPC to reference access point ${accessPoint}.`,
    { FileSystemConfigs: files },
    { FileSystemConfigs: files, VpcConfig: inVpc },
  ],
])('%s', async (message, wrong, right) => {
  const { client } = await startLambda()
  const refused = fault('InvalidParameterValueException', 400, message)
  const create = new CreateFunctionCommand(functionInput('other', wrong))
  await expect(client.send(create)).rejects.toMatchObject(refused)
  await createActive(client, 'shop')
  const update = (settings: Settings) =>
    client.send(new UpdateFunctionConfigurationCommand({ ...settings, FunctionName: 'shop' }))
  await expect(update(wrong)).rejects.toMatchObject(refused)
  await update(right)
  const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'shop' }))
  expect(Configuration).toMatchObject(right)
})

test('an update is checked with the settings that the function has', async () => {
  const { client } = await startLambda()
  await createActive(client, 'shop', { FileSystemConfigs: files, VpcConfig: inVpc })
  const update = new UpdateFunctionConfigurationCommand({
    FunctionName: 'shop',
    VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
  })
  await expect(client.send(update)).rejects.toThrow('to reference access point')
})
