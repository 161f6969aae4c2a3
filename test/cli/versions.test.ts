import { expect, test } from 'vitest'
import { run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

test('versions are listed with their releases, shown and compared', { timeout: 300_000 }, async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await service.write({ 'hello/logo.png': Buffer.from([0, 1, 2]), 'hello/.env': 'TOKEN=abc' })
  await runTo(0, ['deploy', '-e', 'test'], place)
  await service.writeHandler(answering('three'))
  const canary = 'canary hello -e test --detach --steps 10 --every 300s --breakglass tried'
  await run(canary.split(' '), place)
  const versions = (...words: string[]) => runTo(0, ['versions', ...words, '-e', 'test'], place)

  const { stdout } = await versions('list', 'hello', '--limit', '2')
  expect(stdout).toMatch(/^hello \(\S+\): 3 versions, \S+ k?B of code\n/)
  expect(stdout).toMatch(
    /^ +3 {2}live 10% .* by \S+ +sha256:[0-9a-f]{12}\n +canary \w+ of live: in progress$/m,
  )
  expect(stdout).toMatch(/^ +2 {2}live 90% .*\n +all-at-once \w+ of live: done$/m)
  expect(stdout).toContain('  +1 older version: lambdactl versions list hello --env test --limit 3\n')
  const listed = JSON.parse((await versions('list', 'hello', '--json')).stdout) as {
    versions: Record<string, unknown>[]
  }
  expect(listed).toMatchObject({ total: { count: 3 }, isJournalRead: true, place: { region: 'eu-west-1' } })
  expect(listed.versions[2]).toMatchObject({
    version: '1',
    bytes: expect.any(Number) as number,
    aliases: [],
    releases: [{ alias: 'live', strategy: 'all-at-once', outcome: 'done' }],
  })

  const shown = await versions('show', 'hello', 'live')
  expect(shown.stdout).toMatch(/version 2\n.*state +ready\n.*aliases +live 90%\n/)
  expect(shown.stdout).toMatch(/^ +timeout +5 s$/m)

  const { stdout: diff } = await versions('diff', 'hello', '1', 'live')
  expect(diff).toContain('version 1 → version 2: 2 files changed\n')
  expect(diff).toContain('-  return { text: "one", name }\n+  return { text: "two", name }\n')
  expect(diff).toContain('logo.png\nnot text: nothing → 3 bytes, sha256 ')
  const same = await versions('diff', 'hello', '2', 'live')
  expect(same.stdout).toContain('version 2 → version 2: the same code and configuration\n')
  const latest = JSON.parse((await versions('diff', 'hello', '2', '$LATEST', '--json')).stdout) as object
  expect(latest).toMatchObject({ from: '2', to: '$LATEST', patch: [{ path: 'index.mjs' }] })
})

test('without the journal, releases are unknown, and the rest is shown', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await sandbox().loseJournal()
  const { stdout } = await runTo(0, ['versions', 'show', 'hello', '1', '-e', 'test'], place)
  expect(stdout).toMatch(/^ +released by +unknown$/m)
  expect(stdout).toContain('the journal has no release of it')
})

test('a version, an alias or a function that is not there is named, with the list', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const version = await runTo(4, ['versions', 'diff', 'hello', '1', '7', '-e', 'test'], place)
  expect(version.stderr).toContain(`${service.lambdaName} has no version 7.`)
  expect(version.stderr).toContain('lambdactl versions list hello --env test')
  const alias = await runTo(4, ['versions', 'show', 'hello', 'beta', '-e', 'test'], place)
  expect(alias.stderr).toContain('has no alias beta.')
  await runTo(2, ['versions', 'show', 'hello', 'a b', '-e', 'test'], place)
  const other = await makeService()
  const none = await run(['versions', 'list', 'hello', '-e', 'test'], sandbox().place(other))
  expect(none.exitCode).toBe(4)
})
