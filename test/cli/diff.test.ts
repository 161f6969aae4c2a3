import { expect, test } from 'vitest'
import { ForeignFunction } from './adopted.ts'
import { afterPlace, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

test('diff says what a deploy would do, and exits 1 for that only when it is asked to', {
  timeout: 60_000,
}, async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  const before = await runTo(0, ['diff', '-e', 'test'], place)
  expect(before.stdout).toContain('not deployed: everything is new')
  expect(before.stdout).toContain('+ index.mjs')
  const differing = await run(['diff', '-e', 'test', '--exit-code'], place)
  expect({ exitCode: differing.exitCode, talk: afterPlace(differing.stderr) }).toEqual({
    exitCode: 1,
    talk: '',
  })

  await sandbox().deployFirst(service)
  const same = await runTo(0, ['diff', '-e', 'test', '--exit-code'], place)
  expect(same.stdout).toBe(`hello (${service.lambdaName}): the same as version 1 of live\n`)

  await service.writeHandler(answering('something else'))
  await service.write({ 'hello/data.json': '{}' })
  const changed = await runTo(0, ['diff', '-e', 'test'], place)
  expect(changed.stdout).toBe(`hello (${service.lambdaName}): 2 files changed against version 1 of live
  + data.json | 2 B
  ~ index.mjs | 121 B → 132 B
`)
  const { exitCode, stdout } = await run(['diff', '-e', 'test', '--exit-code', '--json'], place)
  expect(exitCode).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject([{ function: 'hello', deploys: true, code: [{}, {}] }])
})

test('what somebody changed by hand is shown as drift, without any value', { timeout: 60_000 }, async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const foreign = new ForeignFunction(sandbox(), service.lambdaName)
  await foreign.updateSettings({ MemorySize: 256, Environment: { Variables: { API_KEY: 'hush' } } })
  await foreign.updateCode([{ name: 'index.mjs', content: answering('a hotfix') }])
  const args = ['diff', '-e', 'test', '--exit-code']
  const kept = await run(args, place)
  expect(kept.exitCode).toBe(1)
  expect(kept.stdout).toBe(`hello (${service.lambdaName}): the same as version 1 of live
  drift: $LATEST differs from version 1; a deploy has nothing to do, and leaves it
  ~ memory 128 MB → 256 MB
  + environment variable API_KEY
  ~ index.mjs | 121 B → 126 B
`)
  await service.writeHandler(answering('two'))
  const overwritten = await run([...args, '--json'], place)
  expect(overwritten.stdout).not.toMatch(/hush|downloads/)
  expect(JSON.parse(overwritten.stdout)).toMatchObject([
    {
      drift: {
        since: '1',
        configuration: [{ overwritten: true }, { field: 'environment', name: 'API_KEY', overwritten: true }],
        code: [{ path: 'index.mjs', overwritten: true }],
      },
    },
  ])
})
