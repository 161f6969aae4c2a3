import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { expectExit, type Place, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService, type Service } from './service.ts'
import { variables } from './variables.ts'

const sandbox = useSandbox()

const shared = `[default]
region = eu-west-1
[profile dev]
region = eu-west-1
[profile failing]
credential_process = /bin/sh -c "echo sign in first >&2; exit 3" SECRET-ARGUMENT
[profile talking]
credential_process = /bin/echo hello
[profile role]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = gone
[profile mfa]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = keys
mfa_serial = arn:aws:iam::123456789012:mfa/x
[profile keys]
aws_access_key_id = x
aws_secret_access_key = y
[profile sso]
sso_session = mine
sso_account_id = 123456789012
sso_role_name = x
[profile no-session]
sso_session = nowhere
sso_account_id = 123456789012
sso_role_name = x
[sso-session mine]
sso_region = eu-west-1
sso_start_url = https://example.awsapps.com/start
`

/** A shell without credentials, at a sandbox that is not this user's. */
async function shell(config = shared, extra: NodeJS.ProcessEnv = {}): Promise<Place & { service: Service }> {
  const service = await makeService()
  const file = join(service.folder, 'aws-config')
  await writeFile(file, config)
  const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }
  const more = { ...none, AWS_ENDPOINT_URL: sandbox().url, AWS_CONFIG_FILE: file, ...extra }
  return { service, cwd: service.folder, env: variables(service.folder, more) }
}

test.each([
  ['--profile', ['--profile', 'nope'], {}, ''],
  ['LAMBDACTL_PROFILE', [], { LAMBDACTL_PROFILE: 'nope' }, ''],
  ['AWS_PROFILE', [], { AWS_PROFILE: 'nope' }, ''],
  ['profile: of environments.test in the configuration file', [], {}, 'profile: nope'],
])('a missing profile that %s names is named, with those that there are', async (by, flags, extra, field) => {
  const place = await shell(shared, extra)
  if (field !== '') await place.service.writeEnvironment(field)
  const { stderr } = await runTo(3, ['status', '-e', 'test', ...flags], place)
  expect(stderr).toContain(`has no profile nope, which ${by} names; it has default, dev, failing, `)
  expect(stderr).not.toContain('mine')
  expect(stderr).toContain('aws configure --profile nope')
})

test('a profile with a letter wrong gets the one that was meant', async () => {
  const { stderr } = await runTo(3, ['status', '-e', 'test', '--profile', 'dve'], await shell())
  expect(stderr).toContain('→ Did you mean dev?')
})

test('where a line of the shared configuration can not be read, it says which', async () => {
  const place = await shell('[default]\nregion = eu-west-1\naws_secret_access_key abc123\n')
  const { stderr } = await runTo(3, ['status', '-e', 'test', '--profile', 'dev'], place)
  expect(stderr).toContain(`Line 3 of ${join(place.cwd, 'aws-config')} can't be read`)
  expect(stderr).not.toContain('abc123')
})

test.each([
  [
    'failing',
    'The credential_process of the profile failing failed: sign in first.',
    'aws sts get-caller-identity',
  ],
  [
    'talking',
    'The credential_process of the profile talking returned invalid JSON.',
    'aws sts get-caller-identity',
  ],
  ['role', 'from the profile gone (source_profile), which does not exist', 'aws configure --profile gone'],
  ['mfa', 'The profile mfa needs an MFA code (mfa_serial)', 'export-credentials --profile mfa'],
  [
    'sso',
    'The SSO session of the profile sso has expired, or was never started.',
    'aws sso login --profile sso',
  ],
  ['no-session', 'names the sso-session nowhere', 'aws configure sso --profile no-session'],
  ['dev', 'The profile dev has no credentials', 'aws sso login --profile dev'],
])('the profile %s that gives no credentials says why, and how to get some', async (name, why, next) => {
  const { stderr } = await runTo(3, ['status', '-e', 'test', '--profile', name], await shell())
  expect(stderr).toContain(why)
  expect(stderr).toContain(next)
  expect(stderr).not.toContain('SECRET-ARGUMENT')
})

test('an SSO session that is over is told as such', async () => {
  const place = await shell()
  const cache = join(place.cwd, '.aws/sso/cache')
  await mkdir(cache, { recursive: true })
  // The SHA-1 of the session's name.
  const token = { accessToken: 'x', expiresAt: '2020-01-01T00:00:00Z' }
  await writeFile(join(cache, '52cab1e7cc2d2d5ff4cd1d94cc4d83a63cbd48d6.json'), JSON.stringify(token))
  const { stderr } = await runTo(3, ['status', '-e', 'test', '--profile', 'sso'], place)
  expect(stderr).toContain('aws sso login --profile sso')
})

test('with no credentials at all it says where they were looked for, and names the profiles', async () => {
  const { stderr } = await runTo(3, ['status', '-e', 'test'], await shell())
  expect(stderr).toContain('There are no AWS credentials')
  expect(stderr).toMatch(/Name a profile with --profile or AWS_PROFILE: dev, failing, /)
  expect(stderr).toContain('`lambdactl sandbox status` shows yours')
})

test('an endpoint that takes connections and never answers is given up, and each command says so', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  onTestFinished(() => void silent.close())
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  let connections = 0
  silent.on('connection', () => (connections += 1))
  const place = await shell(shared, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_PROFILE: 'keys' })
  // An invocation may be silent for as long as a function runs: Lambda is asked beside it whether it is there.
  const all = ['rollback', 'invoke'].map((command) => start([command, 'hello', '-e', 'test'], place).ended)
  for (const ended of await Promise.all(all)) {
    expectExit(ended, 75)
    expect(ended.stderr).toContain('AWS did not answer in time')
  }
  // Each of three tries waits for its answer, and nothing waits as long as for an endpoint that is known to be there.
  expect(connections).toBeGreaterThanOrEqual(6)
}, 40_000)
