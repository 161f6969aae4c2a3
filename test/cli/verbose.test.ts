import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { eventsOf, functionsOf, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()
const call =
  /^(?:[\d-]{10} )?[\d:]{8}\.\d{3}(?:Z|[+-][\d:]{5}) (?<what>\w+ \w+) 20[0-4] in \d.* m?s, request [\w-]+$/

function callsIn(stderr: string): string[] {
  return stderr.split('\n').flatMap((line) => call.exec(line)?.groups?.['what'] ?? [])
}

test('--verbose tells each call with its time, its status and its request, and what CloudWatch says of an alarm', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const alarm = `${service.lambdaName}-errors`
  await sandbox().putAlarm(alarm, {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    TreatMissingData: 'missing',
  })
  await service.writeRelease(`alarms: [${alarm}]`)
  const quiet = await runTo(0, ['status', '-e', 'test'], place)
  expect(callsIn(quiet.stderr)).toEqual([])
  const args = ['status', '-e', 'test', '--verbose', '--json']
  const told = await runTo(0, args, place)
  const { stderr } = told
  expect(callsIn(stderr)).toEqual(expect.arrayContaining(['Lambda GetAlias', 'CloudWatch DescribeAlarms']))
  const [status] = functionsOf(told) as [{ alarms: [{ condition: string; reason: string }] }]
  const [{ condition, reason }] = status.alarms
  expect(stderr).toContain(`alarm ${alarm} ${condition}: ${reason}`)
})

test('a release tells its calls beside its events, and none of the values that it sends', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const { env, cwd } = place
  const secret = 'open-sesame-open-sesame'
  const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', API_TOKEN: secret }
  const args = ['deploy', '-e', 'test', '--verbose', '--json']
  const deployed = await runTo(0, args, { cwd, env: { ...env, ...keys } })
  expect(eventsOf(deployed).at(-1)).toMatchObject({ event: 'result', version: '2' })
  expect(callsIn(deployed.stderr)).toEqual(
    expect.arrayContaining(['Lambda UpdateFunctionCode', 'Lambda PublishVersion', 'Lambda UpdateAlias']),
  )
  expect(deployed.stderr).not.toMatch(/AWS4-HMAC|Signature|open-sesame/)
})

test('a call that is tried again is told each time, with the reason', async () => {
  const service = await makeService()
  const hangsUp = createServer((socket) => void socket.destroy()).listen(0, '127.0.0.1')
  onTestFinished(() => void hangsUp.close())
  await once(hangsUp, 'listening')
  const { port } = hangsUp.address() as AddressInfo
  const { cwd, env } = sandbox().place(service, { AWS_MAX_ATTEMPTS: '2' })
  const args = ['status', '-e', 'test', '--verbose', '--endpoint-url', `http://127.0.0.1:${port}`]
  const { stderr } = await runTo(75, args, { cwd, env })
  for (const attempt of [1, 2]) {
    expect(stderr).toMatch(new RegExp(`no answer \\(ECONNRESET\\) in .*, try ${attempt} of 2`))
  }
})
