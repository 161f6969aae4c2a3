import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import { AddPermissionCommand, TagResourceCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { type Place, run, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'
import { variables } from './variables.ts'

const sandbox = useSandbox()
const canary = ['canary', 'hello', '-e', 'test', '--steps', '10', '--every', '300s', '--detach']

/** Whether the AWS CLI is on this machine: what is printed for it is run as printed. */
const hasAws = await promisify(execFile)('aws', ['--version']).then(
  () => true,
  () => false,
)

/** Runs a line that was printed, as a person who copies it does. */
async function paste(line: string | undefined, { cwd, env }: Place): Promise<void> {
  await promisify(execFile)('sh', ['-c', line ?? 'false'], { cwd, env })
}

/** Runs a release that makes its first shift and leaves. */
async function left(args: readonly string[], place: Place) {
  const finished = await run(args, place)
  expect(finished).toMatchObject({ exitCode: 8 })
  return finished
}

function lineAfter(stderr: string, lead: RegExp): string | undefined {
  return new RegExp(`→ ${lead.source}.*?: ((?:\\S+=\\S+ )?(?:aws|lambdactl) .*)`).exec(stderr)?.[1]
}

async function alarmNamed(name: string) {
  const { MetricAlarms = [] } = await sandbox().cloudWatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [name] }),
  )
  return MetricAlarms[0]
}

async function secondVersion() {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  return {
    service,
    place,
    onAlias: { FunctionName: service.lambdaName, Resource: `${service.lambdaName}:live` },
  }
}

test.skipIf(!hasAws)(
  'a canary without a gate says the three ways on, and its commands work as printed',
  async () => {
    const { service, place, onAlias } = await secondVersion()
    const { stderr } = await runTo(6, canary, place)
    expect(stderr).toContain(
      'Or compare the two versions of a canary, with compare: true in functions.hello.release',
    )
    expect(stderr).toContain('--breakglass "why"')
    await paste(lineAfter(stderr, /Make an alarm/), place)
    const name = `${service.lambdaName}-live-errors`
    const alarm = await alarmNamed(name)
    const dimensions = Object.entries(onAlias).map(([Name, Value]) => ({ Name, Value }))
    expect(alarm?.Dimensions).toEqual(dimensions)
    expect(alarm).toMatchObject({ MetricName: 'Errors', Period: 60, TreatMissingData: 'notBreaching' })
    const again = lineAfter(stderr, /Then release under it/)
    expect(again).toMatch(new RegExp(`^lambdactl canary hello --env test .*--alarm ${name}`))
    const words = (again ?? '').split(' ').slice(1)
    expect((await left(words, place)).stderr).toMatch(new RegExp(`preflight (?:warn|ok  )  alarm ${name}: `))
  },
)

test.skipIf(!hasAws)("a missing alarm's command makes it, whatever its name", async () => {
  const { service, place } = await secondVersion()
  const name = `it's ${service.lambdaName}`
  const { stderr } = await runTo(6, [...canary, '--alarm', name], place)
  await paste(lineAfter(stderr, /Make the alarm/), place)
  expect(await alarmNamed(name)).toBeDefined()
  await left([...canary, '--alarm', name], place)
})

test.skipIf(!hasAws)(
  "an alarm of another function is left alone: the command makes this alias's own",
  async () => {
    const { service, place, onAlias } = await secondVersion()
    const strange = await sandbox().alarm(`${service.lambdaName}-strange`, 'OK', {
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: 'another' }],
    })
    const { stderr } = await runTo(6, [...canary, '--alarm', strange], place)
    await paste(lineAfter(stderr, /Make one for live of this function/), place)
    const own = `${service.lambdaName}-live-errors`
    expect(stderr).toContain(
      `Then name ${own} in place of ${strange}, with --alarm ${own} or in functions.hello.release`,
    )
    expect((await alarmNamed(own))?.Dimensions).toContainEqual({ Name: 'Resource', Value: onAlias.Resource })
    expect((await alarmNamed(strange))?.Dimensions).toEqual([{ Name: 'FunctionName', Value: 'another' }])
  },
)

test.skipIf(!hasAws)(
  'the command for an alarm without data changes its missing data, and nothing else',
  async () => {
    const { service, place, onAlias } = await secondVersion()
    const name = `${service.lambdaName}-silent`
    await sandbox().putAlarm(name, {
      AlarmDescription: "Ada's, for 2% of the orders",
      Namespace: 'AWS/Lambda',
      MetricName: 'Duration',
      Dimensions: Object.entries(onAlias).map(([Name, Value]) => ({ Name, Value })),
      Statistic: undefined,
      ExtendedStatistic: 'p99',
      EvaluateLowSampleCountPercentile: 'ignore',
      Unit: 'Milliseconds',
      Threshold: -1.5,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'missing',
      ActionsEnabled: false,
      AlarmActions: ['arn:aws:sns:eu-west-1:000000000000:one', 'arn:aws:sns:eu-west-1:000000000000:two'],
      OKActions: ['arn:aws:sns:eu-west-1:000000000000:one'],
    })
    const before = await alarmNamed(name)
    const { stderr } = await left([...canary, '--alarm', name], place)
    await paste(lineAfter(stderr, /An alarm on errors has no data/), place)
    const changing = {
      StateUpdatedTimestamp: 0,
      AlarmConfigurationUpdatedTimestamp: 0,
      StateTransitionedTimestamp: 0,
      StateReason: '',
      StateValue: '',
      StateReasonData: '',
    }
    expect({ ...(await alarmNamed(name)), ...changing }).toEqual({
      ...before,
      ...changing,
      TreatMissingData: 'notBreaching',
    })
  },
)

test.skipIf(!hasAws)(
  "at a sandbox's own key, which no variable has, the command takes the credentials that it left",
  async () => {
    const service = await makeService()
    const env = variables(service.folder, { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined })
    const place = { cwd: service.folder, env }
    const [line] = await start(['sandbox', 'start', '--port', '0', '--json'], place).says(/^.*\n/)
    const { url, accessKey } = JSON.parse(line) as { url: string; accessKey: string }
    const here = ['--endpoint-url', url]
    await runTo(0, ['deploy', '-e', 'test', ...here], place)
    await service.writeHandler(answering('two'))
    const { stderr } = await runTo(6, [...canary, ...here, '--alarm', 'errors'], place)
    const made = lineAfter(stderr, /Make the alarm/)
    const file = join(service.folder, '.local/state/lambdactl/sandboxes', `${new URL(url).port}.credentials`)
    expect(made?.startsWith(`AWS_SHARED_CREDENTIALS_FILE=${file} aws `)).toBe(true)
    expect(stderr).not.toContain(accessKey)
    // Credentials of a real account are of no use there, and are not sent.
    await paste(made, {
      ...place,
      env: { ...env, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' },
    })
    await left([...canary, ...here, '--alarm', 'errors'], place)
  },
)

test('triggers that go past the alias: how each kind is put on it, by the tool that the tags tell', async () => {
  const { service, place } = await secondVersion()
  const { lambda } = sandbox()
  const FunctionName = service.lambdaName
  const s3 = {
    FunctionName,
    StatementId: 's3',
    Action: 'lambda:InvokeFunction',
    Principal: 's3.amazonaws.com',
  }
  await lambda.send(new AddPermissionCommand(s3))
  const url = { StatementId: 'url', Action: 'lambda:InvokeFunctionUrl', Principal: '*' }
  await lambda.send(new AddPermissionCommand({ FunctionName, FunctionUrlAuthType: 'NONE', ...url }))
  const plain = await runTo(6, canary, place)
  expect(plain.stderr).toContain('docs/triggers.md#resource-policies): grant it on the alias')
  expect(plain.stderr).toContain(
    'docs/triggers.md#function-urls): a URL of the alias, by url: in lambdactl.yaml',
  )
  const Resource = `arn:aws:lambda:eu-west-1:000000000000:function:${FunctionName}`
  const Tags = { 'aws:cloudformation:stack-name': 'shop-prod', STAGE: 'prod' }
  await lambda.send(new TagResourceCommand({ Resource, Tags }))
  const { stderr } = await runTo(6, canary, place)
  expect(stderr).toMatch(
    /→ To put a source with a permission on live with Serverless Framework .*!Join \[":", \[!GetAtt FnLambdaFunction\.Arn, live\]\]/,
  )
})
