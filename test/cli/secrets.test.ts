import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE'
const session = 'FwoGZXIvYXdzEBYaDHqa0APexamplesession'
const own = {
  AWS_SECRET_ACCESS_KEY: secret,
  AWS_SESSION_TOKEN: session,
  BASIC_AUTH: 'me:hunter2000',
  DATABASE_URL: 'postgres://u:p%40ss-of-url@h',
}
const all = [secret, session, 'hunter2000', 'hunter2', 'p@ss-of-url', 'AKIAIOSFODNN7EXAMPLE']
/** A command that says all of them, and ends so. */
const saying = (exitCode: number) => `
const { AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, BASIC_AUTH } = process.env
console.log(AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, BASIC_AUTH, 'postgres://u:hunter2@h', 'AKIAIOSFODNN7EXAMPLE')
console.log('access denied for u with p@ss-of-url')
console.log('::error::owned')
process.exit(${exitCode})
`

function expectNone(text: string): void {
  for (const each of all) expect(text).not.toContain(each)
}

async function withOwn(): Promise<{ service: Awaited<ReturnType<typeof makeService>>; place: Place }> {
  const service = await makeService()
  const { cwd, env } = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  return { service, place: { cwd, env: { ...env, ...own } } }
}

test("a failing build's output is shown without secrets, and says nothing to a CI's runner", async () => {
  const { service, place } = await withOwn()
  await service.write({ 'other/build.mjs': saying(1), 'other/index.mjs': 'export const handler = () => 1' })
  await service.writeFunction(
    'other: {source: other, build: {run: [node, build.mjs], in: other}, runtime: nodejs24.x, handler: index.handler}',
  )
  const github = { ...place, env: { ...place.env, GITHUB_ACTIONS: 'true' } }
  const debugging = { ...github, env: { ...github.env, DEBUG: '*' } }
  for (const [shell, ...more] of [[github], [github, '--json'], [debugging]] as const) {
    const { exitCode, stdout, stderr } = await run(['package', 'other', '-e', 'test', ...more], shell)
    expect(exitCode).toBe(2)
    const isForRunner = (line: string) => line.startsWith('::add-mask::')
    const shown = stderr.split('\n').filter((line) => !isForRunner(line))
    expectNone(stdout + shown.join('\n'))
    expect(stdout + shown.join('\n')).toContain('postgres://u:***@h')
    // The one command of lambdactl's own quotes the output, escaped.
    expect(shown.filter((line) => line.trimStart().startsWith('::'))).toEqual([
      expect.stringMatching(
        /^::error title=lambdactl,file=lambdactl\.yaml,line=\d+::build: .*%0A::error::owned%0A/,
      ),
    ])
    expect(stderr.split('\n').filter(isForRunner)).toContain(`::add-mask::${secret}`)
  }
})

test('a hook and a person leave no secrets in output, alias, journal and history', async () => {
  const { service, place } = await withOwn()
  await service.write({ 'hook.mjs': saying(1) })
  await service.writeRelease('compare: true, hooks: {after-shift: {run: [node, hook.mjs]}}')
  const why = `the fix, as ${secret} and postgres://u:hunter2@h`
  const args = ['--steps', '50', '--every', '1s', '--breakglass', why]
  const canary = await runTo(7, ['canary', 'hello', '-e', 'test', ...args], place)
  expect(canary.stderr).toContain('postgres://u:***@h')
  expectNone(canary.stdout + canary.stderr)
  const [, release = ''] =
    /^lambdactl \w+ (\w+)/.exec((await sandbox().alias(service.lambdaName)).description) ?? []
  expectNone(JSON.stringify(await sandbox().journalOf(release)))
  const back = await runTo(0, ['rollback', 'hello', '-e', 'test', '--to', '2', '--reason', why], place)
  expectNone(back.stdout + back.stderr)
  const { description } = await sandbox().alias(service.lambdaName)
  expectNone(description)
  expect(description).toContain('the fix, as ***')
  const history = await runTo(0, ['history', 'hello', '-e', 'test'], {
    ...place,
    env: { ...place.env, BASIC_AUTH: '', AWS_SESSION_TOKEN: '' },
  })
  expectNone(history.stdout)
  expect(history.stdout).toContain('the fix, as ***')
})

test('lines of a log are shown without secrets, and cannot begin with a command for a runner', async () => {
  const service = await makeService()
  await service.writeHandler(
    `export const handler = async () => console.log('postgres://u:hunter2@h\\n::error::owned')`,
  )
  const place = await sandbox().deployFirst(service)
  const github = { ...place, env: { ...place.env, GITHUB_ACTIONS: 'true' } }
  const { stdout } = await runTo(0, ['logs', 'tail', 'hello', '-e', 'test', '--no-follow'], github)
  expectNone(stdout)
  expect(stdout).toContain('postgres://u:***@h')
  expect(stdout.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([])
})

test('credentials of a profile are masked, too', async () => {
  const { service, place } = await withOwn()
  const credentials = `[shop]\naws_access_key_id = test\naws_secret_access_key = of-the-profile-0815\n`
  await service.write({ credentials, 'hook.mjs': "console.log('of-the-profile-0815'); process.exit(1)" })
  await service.writeRelease('compare: true, hooks: {confirm-rollout: {run: [node, hook.mjs]}}')
  const file = { AWS_SHARED_CREDENTIALS_FILE: join(service.folder, 'credentials'), AWS_PROFILE: 'shop' }
  const none = {
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_SESSION_TOKEN: undefined,
  }
  const { stdout, stderr } = await run(['canary', 'hello', '-e', 'test'], {
    ...place,
    env: { ...place.env, ...none, ...file },
  })
  expect(stderr).toContain('***')
  expect(stdout + stderr).not.toContain('of-the-profile')
})
