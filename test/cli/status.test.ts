import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { eventsOf, run, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'
import { startOnTerminal } from './terminal.ts'

const sandbox = useSandbox()

test('status of all environments goes past one that fails, and watching tells what changes', async () => {
  const service = await makeService()
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`)
  await service.writeRelease(`alarms: [${alarm}]`)
  const place = await sandbox().deployFirst(service)

  await service.writeEnvironment('alias: live}\n  other: {region: eu-west-1, account: "999999999999"')
  const all = await run(['status', '--all-environments', '--json'], place)
  expect(all.exitCode).toBe(3)
  const { functions, unread } = JSON.parse(all.stdout) as Record<string, object[]>
  expect(functions).toMatchObject([
    { environment: 'test', function: 'hello', troubles: [], place: { region: 'eu-west-1' } },
  ])
  expect(unread).toMatchObject([{ environment: 'other', error: { code: 'ACCOUNT_MISMATCH', exitCode: 3 } }])

  const watching = start(['status', '-e', 'test', '--watch', '--json'], place)
  await watching.says(/"event":"status"/)
  await sandbox().setAlarm(alarm, 'ALARM')
  await watching.says(/"kind":"alarm"/)
  watching.child.kill('SIGINT')
  const watched = await watching.ended
  expect(watched.exitCode).toBe(130)
  expect(eventsOf(watched).filter(({ event }) => event === 'status')).toMatchObject([
    { function: 'hello', troubles: [] },
    {
      function: 'hello',
      troubles: [{ kind: 'alarm' }],
      alarms: [{ onset: { when: 'after', version: '1' } }],
    },
  ])

  const screen = startOnTerminal(['status', '-e', 'test', '-w'], place)
  await screen.says(/q leaves/)
  await screen.says(/ALARM/)
  screen.type('q')
  const { exitCode, stdout } = await screen.ended
  expect(exitCode).toBe(0)
  // The last look stays on the own screen.
  const left = stripVTControlCharacters(stdout.slice(stdout.lastIndexOf('\u001B[?1049l')))
  expect(left).toContain(`the alarm ${alarm} fires since`)
})
