import { expect, test } from 'vitest'
import { afterPlace, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, failing, makeService } from './service.ts'

const sandbox = useSandbox()

test('invoke takes its payload as JSON, from a file, from standard input or from nowhere, and shows version and log', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.write({ 'ada.json': '{"name": "Ada"}' })
  const fromFile = await runTo(0, ['invoke', 'hello', '-e', 'test', '--payload', 'ada.json'], place)
  expect(JSON.parse(fromFile.stdout)).toEqual({ text: 'one', name: 'Ada' })
  expect(afterPlace(fromFile.stderr)).toMatch(
    /^START RequestId: [^]*\tgreeting Ada\n[^]*REPORT RequestId: .*\nversion 1 ran\n$/,
  )
  const text = await runTo(0, ['invoke', 'hello', '-e', 'test', '--payload', '{"name": "Cy"}'], place)
  expect(JSON.parse(text.stdout)).toEqual({ text: 'one', name: 'Cy' })
  const broken = await runTo(2, ['invoke', 'hello', '-e', 'test', '--payload', '{"name": }'], place)
  expect(broken.stderr).toContain('Expected JSON for --payload: ')
  const piped = await runTo(0, ['invoke', 'hello', '-e', 'test', '--payload', '-'], place, '{"name": "Bo"}')
  expect(JSON.parse(piped.stdout)).toEqual({ text: 'one', name: 'Bo' })
  const none = await runTo(0, ['invoke', 'hello', '-e', 'test', '--json'], place)
  expect(JSON.parse(none.stdout)).toMatchObject({ version: '1', payload: '{"text":"one","name":"nobody"}' })
  expect(none.stderr).toBe('')
})

test('invoke --version goes past the alias, and a function that fails exits 6 with what it threw', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(failing)
  await runTo(0, ['deploy', '-e', 'test'], place)
  const old = await runTo(0, ['invoke', 'hello', '-e', 'test', '--version', '1'], place)
  expect(JSON.parse(old.stdout)).toMatchObject({ text: 'one' })
  const failed = await run(['invoke', 'hello', '-e', 'test'], place)
  expect(failed.exitCode).toBe(6)
  expect(JSON.parse(failed.stdout)).toMatchObject({ errorType: 'Error', errorMessage: 'no price' })
  expect(failed.stderr).toMatch(/Error: hello failed on version 2 \(Unhandled\): .*no price.*\n {2}→ .*\n$/)
  const missing = await runTo(4, ['invoke', 'hello', '-e', 'test', '--version', '9'], place)
  expect(missing.stderr).toContain(
    `Version 9 does not exist in ${service.lambdaName}; versions 1 and 2 exist.`,
  )
})

test('a function that is silent for longer than an endpoint may be is waited for', async () => {
  const service = await makeService()
  await service.writeHandler(
    'export const handler = ({ ms }) => new Promise((resolve) => setTimeout(resolve, ms ?? 0, "late"))\n',
  )
  const place = await sandbox().deployFirst(service)
  const late = await runTo(
    0,
    ['invoke', 'hello', '-e', 'test', '--verbose', '--payload', '{"ms": 4500}'],
    place,
  )
  expect(late.stdout).toBe('"late"\n')
  expect(late.stderr).toContain('Lambda GetFunctionConcurrency 200')
})

test('an answer cannot reach the terminal with control sequences', async () => {
  const service = await makeService()
  await service.writeHandler(answering('\u001b[2Jgone\u0007'))
  const place = await sandbox().deployFirst(service)
  const log = `export const handler = async () => { process.stdout.write('\\u001b[31mred\\u001b[0m \\u0007\\n'); return 1 }`
  await service.writeHandler(log)
  await runTo(0, ['deploy', '-e', 'test'], place)
  const invoked = await runTo(0, ['invoke', 'hello', '-e', 'test'], place)
  expect(invoked.stderr).toContain('red \n')
  const tail = await runTo(0, ['logs', 'tail', 'hello', '-e', 'test', '--no-follow'], place)
  expect(`${invoked.stderr}${invoked.stdout}${tail.stdout}`).not.toContain('\u001b')
  expect(tail.stdout).not.toContain('\u0007')
})
