import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, GetPolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts'
import { account, functionInput } from '../lambda/sandbox.ts'
import { handlerZip } from '../lambda/zip.ts'
import { clientSettings } from '../serve.ts'

const region = 'cn-north-1'

let sandbox: Sandbox
let settings: ReturnType<typeof clientSettings>
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, accessKey: 'test' })
  settings = clientSettings(sandbox.url, region)
})
afterAll(() => sandbox.close())

const trust = (AWS: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS, Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  })

test('in a Region of China the ARNs of Lambda are of its partition', async () => {
  const lambda = new LambdaClient(settings)
  const own = `arn:aws-cn:lambda:${region}:${account}`
  const Role = `arn:aws-cn:iam::${account}:role/app`
  const made = await lambda.send(new CreateFunctionCommand(functionInput('shop', { Role })))
  expect(made.FunctionArn).toBe(`${own}:function:shop`)
  expect(made.RuntimeVersionConfig?.RuntimeVersionArn).toMatch(/^arn:aws-cn:lambda:cn-north-1::runtime:/)
  const permission = { FunctionName: 'shop', StatementId: 'a', Action: 'lambda:InvokeFunction' }
  const { Statement } = await lambda.send(new AddPermissionCommand({ ...permission, Principal: account }))
  expect(JSON.parse(Statement ?? '')).toMatchObject({
    Principal: { AWS: `arn:aws-cn:iam::${account}:root` },
    Resource: `${own}:function:shop`,
  })
  const layer = await lambda.send(
    new PublishLayerVersionCommand({ LayerName: 'lib', Content: { ZipFile: handlerZip() } }),
  )
  expect(layer.LayerVersionArn).toBe(`${own}:layer:lib:1`)
  const EventSourceArn = `arn:aws-cn:sqs:${region}:${account}:jobs`
  const mapping = await lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: 'shop', EventSourceArn }),
  )
  expect(mapping.EventSourceMappingArn).toMatch(`${own}:event-source-mapping:`)
  lambda.destroy()
})

test('so are those of the other services', async () => {
  const logs = new CloudWatchLogsClient(settings)
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/shop' }))
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/shop' }))
  expect(logGroups).toMatchObject([{ logGroupArn: `arn:aws-cn:logs:${region}:${account}:log-group:/shop` }])
  const ssm = new SSMClient(settings)
  await ssm.send(new PutParameterCommand({ Name: '/shop', Value: 'a', Type: 'String' }))
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/shop' }))
  expect(Parameter?.ARN).toBe(`arn:aws-cn:ssm:${region}:${account}:parameter/shop`)
  const secrets = new SecretsManagerClient(settings)
  const { ARN } = await secrets.send(new CreateSecretCommand({ Name: 'shop' }))
  expect(ARN).toMatch(`arn:aws-cn:secretsmanager:${region}:${account}:secret:shop-`)
  const s3 = new S3Client({ ...settings, forcePathStyle: true })
  const CreateBucketConfiguration = { LocationConstraint: region } as const
  const bucket = await s3.send(new CreateBucketCommand({ Bucket: 'shop-cn', CreateBucketConfiguration }))
  expect(bucket.BucketArn).toBe('arn:aws-cn:s3:::shop-cn')
  for (const client of [logs, ssm, secrets, s3]) client.destroy()
})

test('and roles are assumed there by the account that they trust', async () => {
  const iam = new IAMClient(settings)
  const sts = new STSClient(settings)
  const root = `arn:aws-cn:iam::${account}:root`
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'release', AssumeRolePolicyDocument: trust(root) }),
  )
  expect(Role?.Arn).toBe(`arn:aws-cn:iam::${account}:role/release`)
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: `arn:aws-cn:iam::${account}:user/sandbox`,
  })
  const { AssumedRoleUser } = await sts.send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'me' }),
  )
  expect(AssumedRoleUser?.Arn).toBe(`arn:aws-cn:sts::${account}:assumed-role/release/me`)
  const PolicyArn = 'arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
  expect(Policy?.Arn).toBe(PolicyArn)
  iam.destroy()
  sts.destroy()
})
