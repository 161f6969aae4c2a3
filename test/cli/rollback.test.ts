import { expect, test } from 'vitest'
import { afterPlace, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

test('a rollback warns of what is configured otherwise now, without the values of variables', async () => {
  const service = await makeService()
  await service.writeEnvironment('functions: {hello: {memory: 256, environment: {TABLE: orders, OLD: hush}}}')
  const place = await sandbox().deployFirst(service)
  await service.writeEnvironment(
    'functions: {hello: {memory: 512, environment: {TABLE: orders-2, NEW: hush}}}',
  )
  await runTo(0, ['deploy', '-e', 'test'], place)

  const { stdout, stderr } = await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
  expect(stdout).toMatch(/^hello: live is on version 1, [^\n]*\nTo undo: [^\n]*\n$/)
  expect(
    afterPlace(stderr),
  ).toBe(`warning: version 1 differs in more than its code from the version that was left:
  memory 512 MB → 256 MB
  environment variable NEW removed
  environment variable OLD added
  environment variable TABLE changed
`)

  const undone = await runTo(0, ['rollback', 'hello', '-e', 'test', '--to', '2', '--json'], place)
  expect(undone.stderr).toBe('')
  expect(undone.stdout).not.toMatch(/hush|orders/)
  expect(JSON.parse(undone.stdout)).toMatchObject({
    outcome: 'rolled-back',
    changes: [
      { field: 'memory', from: 256, to: 512 },
      { field: 'environment', name: 'NEW', change: 'added' },
      { field: 'environment', name: 'OLD', change: 'removed' },
      { field: 'environment', name: 'TABLE', change: 'changed' },
    ],
  })
})

test('a rollback between versions that are configured alike says nothing of it', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect(afterPlace((await runTo(0, ['rollback', 'hello', '-e', 'test'], place)).stderr)).toBe('')
})
