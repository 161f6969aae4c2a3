import { DeleteRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  UpdateAliasCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect } from 'vitest'
import { documentOf } from '../../sandbox/iam/running-iam.ts'
import { clientSettings, type TestSandbox } from '../sandbox.ts'
import { lambdaName, type Patient } from './patient.ts'

export interface Fault {
  title: string
  plant: (patient: Patient) => Promise<unknown>
  /** Does the rest that no command of lambdactl does. */
  rest?: (patient: Patient, commands: readonly string[]) => Promise<unknown>
}

const fields = (own: object) => ({ functions: { hello: own } })
const mapping = { uuid: '' }
const stream = { uuid: '' }
const alias = { version: '' }
export const RoleName = 'app'

/** Gives the function's role one policy. */
export function permit({ url }: TestSandbox, Action: string): Promise<unknown> {
  return new IAMClient(clientSettings(url)).send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: 'own',
      PolicyDocument: documentOf({ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::orders/*' }),
    }),
  )
}

/** The faults, one after the other: each is mended before the next one. */
export function faultsOf(sandbox: TestSandbox): readonly Fault[] {
  const grantTo = (StatementId: string, Principal: string) =>
    sandbox.lambda.send(
      new AddPermissionCommand({
        FunctionName: lambdaName,
        Qualifier: 'live',
        StatementId,
        Action: 'lambda:InvokeFunction',
        Principal,
      }),
    )

  const serve = (FunctionVersion: string) =>
    sandbox.lambda.send(new UpdateAliasCommand({ FunctionName: lambdaName, Name: 'live', FunctionVersion }))
  const sqs = new SQSClient(clientSettings(sandbox.url))
  const hide = (VisibilityTimeout: string) =>
    sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: `${sandbox.url}/000000000000/orders`,
        Attributes: { VisibilityTimeout },
      }),
    )
  return [
    {
      title: 'log retention',
      plant: () =>
        sandbox.logs.send(new DeleteRetentionPolicyCommand({ logGroupName: `/aws/lambda/${lambdaName}` })),
    },
    {
      title: 'time-out',
      async plant(patient) {
        await grantTo('web', 'apigateway.amazonaws.com')
        await patient.lay(fields({ timeout: '60s' }))
        await patient.run('lambdactl deploy hello --env test')
      },
    },
    { title: 'failed events', plant: () => grantTo('photos', 's3.amazonaws.com') },
    {
      title: 'partial batches',
      async plant() {
        const made = await sandbox.lambda.send(
          new CreateEventSourceMappingCommand({
            FunctionName: `${lambdaName}:live`,
            EventSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:orders',
          }),
        )
        mapping.uuid = made.UUID ?? ''
      },
      async rest(_, [command = '']) {
        expect(command).toContain(`--uuid ${mapping.uuid} --function-response-types ReportBatchItemFailures`)
        await sandbox.lambda.send(
          new UpdateEventSourceMappingCommand({
            UUID: mapping.uuid,
            FunctionResponseTypes: ['ReportBatchItemFailures'],
          }),
        )
      },
    },
    {
      title: 'concurrency',
      plant: () =>
        sandbox.lambda.send(
          new PutFunctionConcurrencyCommand({ FunctionName: lambdaName, ReservedConcurrentExecutions: 0 }),
        ),
    },
    {
      title: 'visibility',
      plant: () => hide('60'),
      async rest(_, [command = '']) {
        expect(command).toContain('/000000000000/orders --attributes VisibilityTimeout=174')
        await hide('174')
      },
    },
    {
      title: 'concurrency',
      async plant() {
        await sandbox.lambda.send(
          new UpdateEventSourceMappingCommand({
            UUID: mapping.uuid,
            ScalingConfig: { MaximumConcurrency: 6 },
          }),
        )
        await sandbox.lambda.send(
          new PutFunctionConcurrencyCommand({ FunctionName: lambdaName, ReservedConcurrentExecutions: 5 }),
        )
      },
    },
    {
      title: 'stream retries',
      async plant() {
        const made = await sandbox.lambda.send(
          new CreateEventSourceMappingCommand({
            FunctionName: `${lambdaName}:live`,
            EventSourceArn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks',
            StartingPosition: 'LATEST',
            FunctionResponseTypes: ['ReportBatchItemFailures'],
          }),
        )
        stream.uuid = made.UUID ?? ''
      },
      async rest(_, [command = '']) {
        expect(command).toContain(`--uuid ${stream.uuid} --maximum-retry-attempts 3`)
        await sandbox.lambda.send(
          new UpdateEventSourceMappingCommand({ UUID: stream.uuid, MaximumRetryAttempts: 3 }),
        )
      },
    },
    {
      title: 'paused',
      plant: (patient) => patient.run('lambdactl triggers pause hello --env test --reason full'),
      rest: (patient) => patient.run('lambdactl triggers resume hello --env test'),
    },
    {
      title: 'alias',
      async plant() {
        alias.version = (await sandbox.alias(lambdaName)).version ?? ''
        await serve('1')
      },
      rest: () => serve(alias.version),
    },
    {
      title: 'runtime',
      async plant(patient) {
        await patient.lay(fields({ runtime: 'nodejs20.x' }))
        await patient.run('lambdactl deploy hello --env test')
      },
    },
    {
      title: 'region',
      async plant(patient) {
        patient.place.env['AWS_REGION'] = 'eu-west-1'
        await patient.lay({ environments: { test: { region: undefined } } })
      },
    },
    {
      title: 'callers',
      plant: () =>
        sandbox.lambda.send(
          new AddPermissionCommand({
            FunctionName: lambdaName,
            StatementId: 'past',
            Action: 'lambda:InvokeFunction',
            Principal: '123456789012',
          }),
        ),
      rest: () =>
        sandbox.lambda.send(new RemovePermissionCommand({ FunctionName: lambdaName, StatementId: 'past' })),
    },
    {
      title: 'memory',
      plant: () =>
        sandbox.writeLog(lambdaName, [
          'REPORT RequestId: 00000000-0000-0000-0000-000000000000\tDuration: 1.0 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 127 MB\t',
        ]),
    },
    {
      title: 'role',
      plant: () => permit(sandbox, 's3:*'),
      async rest(_, [command = '']) {
        expect(command).toContain('iam get-role-policy --role-name app --policy-name own')
        await permit(sandbox, 's3:GetObject')
      },
    },
    {
      title: 'variables',
      async plant(patient) {
        await patient.lay(fields({ environment: { API_TOKEN: 'hush-hush' } }))
        await patient.run('lambdactl deploy hello --env test')
      },
      async rest(patient) {
        await patient.lay(
          fields({ environment: { API_TOKEN: 'arn:aws:secretsmanager:eu-west-1:1:secret:t' } }),
        )
        await patient.run('lambdactl deploy hello --env test')
      },
    },
    {
      title: 'alarms',
      plant: () =>
        sandbox.alarm('sick-errors', 'OK', {
          Namespace: 'AWS/Lambda',
          MetricName: 'Duration',
          Statistic: 'Maximum',
          Dimensions: [{ Name: 'FunctionName', Value: lambdaName }],
          Threshold: 60_000,
        }),
      rest: () => sandbox.alarm('sick-errors'),
    },
    {
      title: 'alarms',
      plant: (patient) => patient.lay(fields({ release: { alarms: [] } })),
      rest: () => sandbox.setAlarm(`${lambdaName}-live-errors`, 'OK'),
    },
  ]
}
