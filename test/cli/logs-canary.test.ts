import { InvokeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { run, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { failing, makeService } from './service.ts'

const sandbox = useSandbox()

test('a canary: its parts side by side with counts, each alone, and by what the alias says after a promotion', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(failing)
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`)
  const steps = ['--steps', '50', '--every', '10m', '--bake', '1s', '--alarm', alarm]
  expect((await run(['canary', 'hello', '-e', 'test', ...steps, '--detach'], place)).exitCode).toBe(8)
  const invoke = async () => {
    const request = new InvokeCommand({ FunctionName: service.lambdaName, Qualifier: 'live' })
    return (await sandbox().lambda.send(request)).ExecutedVersion
  }
  for (const answered = new Set(); answered.size < 2; ) answered.add(await invoke())

  const logs = ['logs', 'hello', '-e', 'test']
  const shown = async (...flags: string[]) => (await run([...logs, '--no-follow', ...flags], place)).stdout
  const both = await shown('--canary', '--output', 'pretty')
  expect(both).toMatch(/^stable v1 .*greeting nobody$/m)
  expect(both).toMatch(/^candidate v2 .*ERROR Error: no price$/m)
  expect(both).toMatch(
    /^stable v1: \d+ requests?, 0 errors \(0\.0%\), p50 \d+ ms · candidate v2: \d+ requests?, \d+ errors? \([\d.]+%\), p50 \d+ ms$/m,
  )
  expect(await shown('--stable')).not.toContain(' v2 ')
  expect(await shown('--candidate')).not.toContain(' v1 ')

  const candidate = start([...logs, '--candidate', '--since', '1h'], place)
  const stable = start([...logs, '--stable', '--exit-on', 'no price', '--timeout', '1m'], place)
  await candidate.says(/no price/)
  await stable.says(/greeting nobody/)
  for (const verb of ['promote', 'resume']) await runTo(0, ['canary', verb, 'hello', '-e', 'test'], place)
  await candidate.says(/live of hello has no candidate now/)
  while (stable.child.exitCode === null) await invoke()
  const { exitCode, stdout } = await stable.ended
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/ v2 .*ERROR Error: no price/)
})
