import { DescribeAlarmsCommand, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { run, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { failing, makeService, type Service } from './service.ts'

const sandbox = useSandbox()

async function definitionsOf({ lambdaName }: Service) {
  const found = await sandbox().cloudWatch.send(
    new DescribeAlarmsCommand({ AlarmNamePrefix: `${lambdaName}-` }),
  )
  return found.MetricAlarms ?? []
}

test('ensure makes what the file wants, a second run changes nothing, and a bad version is rolled back', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeRelease('alarms: [errors], steps: [50], every: 20m')
  await service.writeField('alarms: {errors: 2%}')
  await service.writeHandler(failing)
  const unmade = await run(['canary', 'hello', '-e', 'test'], place)
  expect(unmade.exitCode).toBe(6)
  expect(unmade.stderr).toContain('→ Make the alarm: lambdactl alarms ensure hello --env test')

  const made = await runTo(0, ['alarms', 'ensure', '-e', 'test'], place)
  expect(made.stdout).toContain(`+ ${service.lambdaName}-live-errors`)
  expect(made.stdout).toMatch(
    /→ to undo: aws cloudwatch delete-alarms --alarm-names \S+-errors \S+-throttles/,
  )
  const again = await runTo(0, ['alarms', 'ensure', '-e', 'test'], place)
  expect(again.stdout).toContain('nothing to do')
  const [errors] = await definitionsOf(service)
  const tags = await sandbox().cloudWatch.send(
    new ListTagsForResourceCommand({ ResourceARN: errors?.AlarmArn }),
  )
  expect(tags.Tags).toMatchObject([{ Key: 'lambdactl:service' }])

  const canary = start(['canary', 'hello', '-e', 'test'], place)
  await canary.says(/50%/)
  const call = new InvokeCommand({ FunctionName: service.lambdaName, Qualifier: 'live', Payload: '{}' })
  const traffic = setInterval(() => void sandbox().lambda.send(call), 100)
  const ended = await canary.ended
  clearInterval(traffic)
  expect(ended.exitCode).toBe(7)
  expect(ended.stderr).toContain(`alarm ${service.lambdaName}-live-errors is in ALARM`)

  const listed = await runTo(0, ['alarms', 'list', 'hello', '-e', 'test', '--json'], place)
  expect(JSON.parse(listed.stdout)).toMatchObject({
    functions: [
      {
        function: 'hello',
        alarms: [
          { name: `${service.lambdaName}-live-errors`, condition: 'ALARM', gates: true, sees: 'alias' },
          { name: `${service.lambdaName}-live-throttles`, gates: false },
        ],
        missing: [],
        unmade: [],
      },
    ],
  })
}, 90_000)

test('ensure tells drift, removes only with consent, and leaves the alarms of others', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  await service.writeField('alarms: true')
  await runTo(0, ['alarms', 'ensure', '-e', 'test'], place)
  await service.writeField('alarms: {throttles: false, errors: 5}')
  const dry = await runTo(0, ['alarms', 'ensure', '-e', 'test', '--dry-run'], place)
  expect(dry.stdout).toContain(`- ${service.lambdaName}-live-throttles`)
  expect(dry.stdout).toContain('nothing was changed')
  const refused = await run(['alarms', 'ensure', '-e', 'test'], place)
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain('To do it without a question: lambdactl alarms ensure --yes -e test')
  expect(await definitionsOf(service)).toHaveLength(2)
  await runTo(0, ['alarms', 'ensure', '-e', 'test', '--yes'], place)
  expect((await definitionsOf(service)).map(({ Threshold }) => Threshold)).toEqual([5])

  const topic = 'arn:aws:sns:eu-west-1:123456789012:pages'
  await service.writeField(`alarms: {throttles: false, errors: 5, actions: [${topic}]}`)
  const changed = await runTo(0, ['alarms', 'ensure', '-e', 'test'], place)
  expect(changed.stdout).toMatch(/actions\n\s+CloudWatch has none\n\s+the file wants arn:aws:sns/)
  const asked = await run(['alarms', 'test', 'hello', '-e', 'test'], place)
  expect(asked.exitCode).toBe(2)
  const tested = await runTo(0, ['alarms', 'test', 'hello', 'errors', '-e', 'test', '--yes'], place)
  expect(tested.stdout).toContain('no value in the last 24 h, so nothing shows that it can fire')
  expect(tested.stdout).toContain('all of its actions were carried out')
  expect((await definitionsOf(service))[0]?.StateValue).not.toBe('ALARM')
  const printed = await runTo(0, ['alarms', 'ensure', '-e', 'test', '--print', 'terraform'], place)
  expect(printed.stdout).toContain(`alarm_actions       = ["${topic}"]`)

  await sandbox().putAlarm(`${service.lambdaName}-live-p99`, {})
  await service.writeField('alarms: {p99: 2s}')
  const taken = await run(['alarms', 'ensure', '-e', 'test', '--yes'], place)
  expect(taken.exitCode).toBe(5)
  expect(taken.stderr).toContain(`${service.lambdaName}-live-p99 (not made by lambdactl)`)
  expect(await definitionsOf(service)).toHaveLength(2)
})
