import { InvokeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'
import { startOnTerminal } from './terminal.ts'

const sandbox = useSandbox()

test('a canary on a terminal shows its plan, what both versions have counted, and the keys', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  const place = sandbox().place(service, { NO_COLOR: '1', TERMINAL_COLUMNS: '72' })
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const steps = ['--steps', '40 for 4s, 60 for 1s', '--bake', '1s', '--alarm', alarm]
  const canary = startOnTerminal(['canary', 'hello', '-e', 'test', ...steps], place)
  await canary.says(/● 40% for 4 s {2}· 60% for 1 s {2}· 100% bakes 1 s/)
  const input = { FunctionName: service.lambdaName, Qualifier: 'live' }
  for (let call = 0; call < 8; call += 1) await sandbox().lambda.send(new InvokeCommand(input))
  await canary.says(/v1 {2,}[1-8] invocations? {2}0 errors {2}since \d\d:\d\d:00/)
  await canary.says(/Ctrl-C asks: \[p\]ause/)
  await canary.says(/✔ 40% {2}● 60% for 1 s {2}· 100% bakes 1 s/)
  const { exitCode, stdout } = await canary.ended
  expect(exitCode).toBe(0)
  // Above the view, too, what goes on stands deeper.
  expect(stdout).toMatch(/40% on version 1\r?\n {2}\(step 2 of 2\)/)
})
