import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { permissionTable } from '../../src/operation/permissions/table.ts'
import { run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

const { commands } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../oclif.manifest.json'), 'utf8'),
) as {
  commands: Record<string, { flags: Record<string, unknown> }>
}

test('every command has --quiet, --verbose and --json, and the place where it acts if it reaches AWS', () => {
  const reaching = new Set<string>(permissionTable.flatMap(({ verbs }) => verbs))
  const lacking = Object.entries(commands).flatMap(([id, { flags }]) => {
    const place = reaching.has(id.replaceAll(':', ' ')) ? ['env', 'region', 'endpoint-url', 'profile'] : []
    return ['json', 'quiet', 'verbose', ...place].flatMap((flag) =>
      flag in flags ? [] : [`${id} --${flag}`],
    )
  })
  expect(lacking).toEqual([])
})

test('--quiet leaves the result, warnings and errors', { timeout: 90_000 }, async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const status = await runTo(0, ['status', '-e', 'test', '--quiet'], place)
  expect(status.stderr).toBe('')
  expect(status.stdout).toContain('hello')
  await service.writeHandler(answering('two'))
  const loud = await runTo(0, ['deploy', '-e', 'test'], place)
  await service.writeHandler(answering('three'))
  const quiet = await runTo(0, ['deploy', '-e', 'test', '--quiet'], place)
  expect(quiet.stderr).toBe('')
  expect(quiet.stdout.split('\n').length).toBe(loud.stdout.split('\n').length)

  await service.writeEnvironment('protected: true')
  const warned = await runTo(0, ['rollback', 'hello', '-e', 'test', '--quiet'], place)
  expect(warned.stderr).toMatch(/^warning: environments\.test is protected and names no account/)
  const failed = await run(['status', 'nobody', '-e', 'test', '--quiet'], place)
  expect(failed.exitCode).toBe(4)
  expect(failed.stderr).toMatch(/^Error: .*nobody[^]*→ /)
  const both = await run(['status', '-e', 'test', '--quiet', '--verbose'], place)
  expect(both).toMatchObject({ exitCode: 2 })
})

test('--verbose tells the calls in the environment that a release is taken from, too', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const config = readFileSync(join(service.folder, 'lambdactl.yaml'), 'utf8')
  await service.write({
    'lambdactl.yaml': `${config}  next: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}\n`,
  })
  const args = ['deploy', '-e', 'next', '--from-env', 'test', '--verbose']
  const { stderr } = await runTo(0, args, place)
  expect(stderr.match(/ Lambda GetAlias 200 /g)?.length).toBeGreaterThan(0)
})
