import { expect, test } from 'vitest'
import { run } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'
import { startOnTerminal } from './terminal.ts'

const sandbox = useSandbox()

const password = 'hunter2000-of-the-file'
const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END PRIVATE KEY-----'
const token = 'own-token-0815-of-the-shell'
/** The secrets that the lines have, in several forms. */
const secrets = [
  password,
  'hunter3000',
  'AKIAIOSFODNN7EXAMPLE',
  'MIIEvQIBADANBgkqhkiG9w0B',
  'MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn',
  'q8Yh0ZtVxT5mF1w2uJ7bKc',
  'kR4sTu9+',
  token,
]
const messages = [
  `2026-11-27T03:40:55.123Z\tundefined\tINFO\tlogin with ${password} at a place of some length, and ${token} again`,
  JSON.stringify({
    level: 'warn',
    msg: `as JSON ${password}`,
    deep: { password },
    body: JSON.stringify({ password }),
  }),
  `connect to postgres://u:hunter3000@db, key AKIAIOSFODNN7EXAMPLE`,
  // It is a secret that lambdactl does not know.
  'Authorization: Bearer eyJ.of.a-caller',
  key,
  '-----BEGIN PRIVATE KEY-----',
  'MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn',
  '-----END PRIVATE KEY-----',
  // An encrypted key, whose last row is short.
  '-----BEGIN RSA PRIVATE KEY-----',
  'Proc-Type: 4,ENCRYPTED',
  'DEK-Info: AES-128-CBC,0A1B2C3D4E5F60718293A4B5C6D7E8F9',
  '\n',
  'q8Yh0ZtVxT5mF1w2uJ7bKc',
  'kR4sTu9+',
  '-----END RSA PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----',
  'the line behind it',
]

const id = '8f2c1a90-1111-4222-8333-444455556666'
/** The end of a request that failed. */
const failure = [
  `2026-11-27T03:40:55.123Z\t${id}\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"no price"}`,
  `REPORT RequestId: ${id}\tDuration: 3 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 52 MB\t`,
]

async function withSecrets() {
  const service = await makeService()
  await service.writeFunction(
    `shop: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false, environment: {DB_PASSWORD: ${password}}}`,
  )
  const { cwd, env } = await sandbox().deployFirst(service)
  // The first request makes the log group.
  await run(['invoke', 'shop', '-e', 'test', '--payload', '{}'], { cwd, env })
  const lambdaName = service.lambdaName.replace('-hello-', '-shop-')
  await sandbox().writeLog(lambdaName, messages)
  await sandbox().writeLog(lambdaName, [`START RequestId: ${id} Version: 1`, ...messages, ...failure])
  return { cwd, env: { ...env, API_TOKEN: token } }
}

test('secrets are masked in each form, also where a row is cut, and hide no other line', async () => {
  const place = await withSecrets()
  const shown = async (...flags: string[]) =>
    (await run(['logs', 'shop', '-e', 'test', '--no-follow', ...flags], place)).stdout
  const outputs = ['pretty', 'plain', 'raw', 'ndjson', 'logfmt'].map((output) => ['--output', output])
  for (const flags of [...outputs, ['--json'], ['--fields', 'msg,deep,body']]) {
    const text = await shown(...flags)
    for (const secret of secrets) expect(text, `by ${flags.join(' ')}`).not.toContain(secret)
    for (const part of [
      'login with ***',
      'as JSON ***',
      'u:***@db',
      'Bearer eyJ.of.a-caller',
      'the line behind it',
    ])
      expect(text, `by ${flags.join(' ')}`).toContain(part)
  }
  for (const flags of [[], ['--json']]) {
    const { stdout: sample } = await run(['logs', 'errors', 'shop', '-e', 'test', ...flags], place)
    expect(sample).toContain('no price')
    for (const secret of secrets) expect(sample, `by logs errors ${flags.join(' ')}`).not.toContain(secret)
  }
  const narrow = { ...place, env: { ...place.env, TERMINAL_COLUMNS: '40' } }
  const rows = startOnTerminal(['logs', 'shop', '-e', 'test', '--no-follow'], narrow)
  const { stdout } = await rows.ended
  for (const secret of secrets) expect(stdout.replaceAll(/\s+/g, '')).not.toContain(secret)
  expect(stdout).toContain('the line behind it')
})
