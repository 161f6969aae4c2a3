import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateLogGroupCommand, DeleteRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import type { Diagnosis, Examination } from '../../src/workflows/doctor.ts'
import { documentOf, lambdaTrust } from '../sandbox/iam/running-iam.ts'
import { type Place, runTo } from './cli.ts'
import { clientSettings, useSandbox } from './sandbox.ts'
import { answering, temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()

const lambdaName = 'sick-hello-test'
const healthy = {
  service: 'sick',
  functions: {
    hello: {
      source: 'hello',
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      bundle: false,
      timeout: '5s',
      logs: { retention: '30d', format: 'json' },
      tracing: 'active',
      release: { alarms: ['sick-errors'], bake: '0s' },
    },
  },
  environments: { test: { region: 'eu-west-1', role: 'arn:aws:iam::000000000000:role/app' } },
}

/** A service of one function with nothing to find. */
class Patient {
  readonly place: Place
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
    this.place = sandbox().place({ folder })
  }

  async write(file: unknown): Promise<void> {
    await writeFiles(this.folder, { 'lambdactl.yaml': stringify(file) })
  }

  /** Lays fields over those of the file. */
  async lay(fields: unknown): Promise<void> {
    const file: unknown = parse(await readFile(join(this.folder, 'lambdactl.yaml'), 'utf8'))
    await this.write(merged(file, fields))
  }

  async run(command: string): Promise<string> {
    const { stdout } = await runTo(0, command.split(' ').slice(1), this.place)
    return stdout
  }

  /** All that warns or fails. */
  async findings(): Promise<Diagnosis[]> {
    const { checks, functions } = JSON.parse(
      await this.run('lambdactl doctor --env test --json'),
    ) as Examination
    return [...checks, ...functions.flatMap((each) => each.checks)].filter(({ outcome }) =>
      ['warn', 'fail'].includes(outcome),
    )
  }

  /** Does what a finding says: lines go into the file, commands of lambdactl are run. */
  async mend({ mends = [] }: Diagnosis): Promise<string[]> {
    const others: string[] = []
    for (const { language, text } of mends) {
      if (language === 'yaml') await this.lay(parse(text))
      else if (text.startsWith('lambdactl ')) await this.run(text)
      else others.push(text)
    }
    return others
  }
}

function merged(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above
  const both = Object.entries(above).map(([key, value]) => [key, merged(below[key], value)])
  return { ...below, ...Object.fromEntries(both) }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

interface Fault {
  title: string
  plant: (patient: Patient) => Promise<unknown>
  /** Does the rest that no command of lambdactl does. */
  rest?: (patient: Patient, commands: readonly string[]) => Promise<unknown>
}

const grantTo = (StatementId: string, Principal: string) =>
  sandbox().lambda.send(
    new AddPermissionCommand({
      FunctionName: lambdaName,
      Qualifier: 'live',
      StatementId,
      Action: 'lambda:InvokeFunction',
      Principal,
    }),
  )
const fields = (own: object) => ({ functions: { hello: own } })
const mapping = { uuid: '' }
const RoleName = 'app'
/** Gives the function's role one policy. */
const permit = (iam: IAMClient, Action: string, Resource: string) =>
  iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: 'own',
      PolicyDocument: documentOf({ Effect: 'Allow', Action, Resource }),
    }),
  )
const iam = () => new IAMClient(clientSettings(sandbox().url))
const bucket = 'arn:aws:s3:::orders/*'

const faults: readonly Fault[] = [
  {
    title: 'log retention',
    plant: () =>
      sandbox().logs.send(new DeleteRetentionPolicyCommand({ logGroupName: `/aws/lambda/${lambdaName}` })),
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
      const made = await sandbox().lambda.send(
        new CreateEventSourceMappingCommand({
          FunctionName: `${lambdaName}:live`,
          EventSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:orders',
        }),
      )
      mapping.uuid = made.UUID ?? ''
    },
    async rest(_, [command = '']) {
      expect(command).toContain(`--uuid ${mapping.uuid} --function-response-types ReportBatchItemFailures`)
      await sandbox().lambda.send(
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
      sandbox().lambda.send(
        new PutFunctionConcurrencyCommand({ FunctionName: lambdaName, ReservedConcurrentExecutions: 0 }),
      ),
  },
  {
    title: 'callers',
    plant: () =>
      sandbox().lambda.send(
        new AddPermissionCommand({
          FunctionName: lambdaName,
          StatementId: 'past',
          Action: 'lambda:InvokeFunction',
          Principal: '123456789012',
        }),
      ),
    rest: () =>
      sandbox().lambda.send(new RemovePermissionCommand({ FunctionName: lambdaName, StatementId: 'past' })),
  },
  {
    title: 'memory',
    plant: () =>
      sandbox().writeLog(lambdaName, [
        'REPORT RequestId: 00000000-0000-0000-0000-000000000000\tDuration: 1.0 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 127 MB\t',
      ]),
  },
  {
    title: 'role',
    plant: () => permit(iam(), 's3:*', bucket),
    async rest(_, [command = '']) {
      expect(command).toContain('iam get-role-policy --role-name app --policy-name own')
      await permit(iam(), 's3:GetObject', bucket)
    },
  },
  {
    title: 'variables',
    async plant(patient) {
      await patient.lay(fields({ environment: { API_TOKEN: 'hush-hush' } }))
      await patient.run('lambdactl deploy hello --env test')
    },
    async rest(patient) {
      await patient.lay(fields({ environment: { API_TOKEN: 'arn:aws:secretsmanager:eu-west-1:1:secret:t' } }))
      await patient.run('lambdactl deploy hello --env test')
    },
  },
  {
    title: 'alarms',
    plant: () =>
      sandbox().alarm('sick-errors', 'OK', {
        Namespace: 'AWS/Lambda',
        MetricName: 'Duration',
        Statistic: 'Maximum',
        Dimensions: [{ Name: 'FunctionName', Value: lambdaName }],
        Threshold: 60_000,
      }),
    rest: () => sandbox().alarm('sick-errors'),
  },
  {
    title: 'alarms',
    plant: (patient) => patient.lay(fields({ release: { alarms: [] } })),
    rest: () => sandbox().setAlarm(`${lambdaName}-live-errors`, 'OK'),
  },
]

test('each planted fault is the only finding, and is gone after what doctor says', {
  timeout: 120_000,
}, async () => {
  const folder = await temporaryFolder()
  await writeFiles(folder, { 'hello/index.mjs': answering('one') })
  const patient = new Patient(folder)
  await patient.write(healthy)
  await iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: lambdaTrust }))
  await permit(iam(), 's3:GetObject', bucket)
  await sandbox().alarm('sick-errors')
  await sandbox().logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/${lambdaName}` }))
  await patient.run('lambdactl deploy hello --env test')
  expect(await patient.findings()).toEqual([])
  for (const { title, plant, rest } of faults) {
    await plant(patient)
    const found = await patient.findings()
    expect(found.map((each) => each.title)).toEqual([title])
    expect(JSON.stringify(found)).not.toContain('hush')
    if (title === 'time-out') await expectReports(patient)
    const others = await patient.mend(found[0] as Diagnosis)
    await rest?.(patient, others)
  }
  expect(await patient.findings()).toEqual([])
})

/** The reports for CI name the line of the field, and count the warning as asked. */
async function expectReports(patient: Patient): Promise<void> {
  const sarif = await patient.run('lambdactl doctor --env test --format sarif')
  expect(sarif).toMatch(/"ruleId": "time-out"[^]*"uri": "lambdactl.yaml"[^]*"startLine": 8\b/)
  const junit = await patient.run('lambdactl doctor --env test --format junit')
  expect(junit).toContain('<testsuite name="hello" ')
  expect(junit).toContain('failures="0"')
}
