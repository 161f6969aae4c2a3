import { expect, test } from 'vitest'
import { type Place, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService, temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

const sandbox = useSandbox()

/** A service's folder, whose user finds the sandbox of the tests as an own one. */
async function start(): Promise<Place> {
  const place = sandbox().place(await makeService())
  sandbox().leaveKey(place)
  return place
}

const fault = (place: Place, ...words: string[]) => runTo(0, ['sandbox', 'fault', ...words], place)

test('a deploy goes on after faults, which are listed, counted and cleared', async () => {
  const place = await start()
  const set = await fault(place, 'throttle', 'GetFunction*', '--times', '2')
  expect(set.stdout).toBe('1  throttle GetFunction*  (2 times left, not struck)\n')
  expect(set.stderr).toContain('lambdactl sandbox fault clear 1')
  await fault(place, 'drop', 'PublishVersion', '--times', '1')
  await fault(place, 'latency', 'lambda:Delete*', '--by', '2s')
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect((await fault(place, 'list')).stdout).toBe(
    '3  latency lambda:Delete* by 2 s  (until it is cleared, not struck)\n',
  )
  expect((await fault(place, 'clear', '3')).stdout).toBe(
    'cleared 3  latency lambda:Delete*  (struck 0 times)\n',
  )
  expect((await fault(place, 'list')).stdout).toBe('The sandbox has no faults.\n')
})

test('the sandbox refuses a fault that makes no sense, with what to do', async () => {
  const place = await start()
  const { stderr } = await runTo(2, ['sandbox', 'fault', 'throttle', 'UpdateAlia'], place)
  expect(stderr).toContain('No operation of the sandbox matches UpdateAlia.')
  const late = await runTo(2, ['sandbox', 'fault', 'late-logs', '--times', '2'], place)
  expect(late.stderr).toContain('→ Add --by 5s.')
})

test('one service is emptied by its name, and another name is refused', async () => {
  const place = await start()
  const { stdout } = await runTo(0, ['sandbox', 'reset', 'ssm'], place)
  expect(stdout).toMatch(/^emptied ssm of the sandbox at http:\/\/127\.0\.0\.1:\d+ /)
  const { stderr } = await runTo(2, ['sandbox', 'reset', 'glue'], place)
  expect(stderr).toContain(
    '→ The services are apigateway, autoscaling, cloudwatch, dynamodb, events, iam, kinesis, lambda, logs, s3, secretsmanager, sns, sqs, ssm, stepfunctions, sts.',
  )
})

test('where no sandbox runs, it says how to start one', async () => {
  const home = await temporaryFolder()
  const place = { cwd: home, env: variables(home) }
  const { stderr } = await runTo(4, ['sandbox', 'fault', 'list'], place)
  expect(stderr).toContain('→ Start one: lambdactl sandbox start --detach')
})
