import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connection } from '../../src/aws/client/connection.ts'
import { awsParameters } from '../../src/aws/parameters.ts'
import { scripted } from './scripted.ts'

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

function connected(endpoint: string) {
  const clock = {
    now: () => 0,
    elapsed: () => 0,
    sleep: async () => undefined,
    pause: async () => undefined,
    realMs: (ms: number) => ms,
  }
  return awsParameters(connection({ region: 'eu-west-1', endpoint, profile: undefined }, clock))
}

test('parameters are read decrypted, ten a call, and found by what they were asked for as', async () => {
  const answer = (names: string[]) => ({
    Parameters: names.map((Name) => ({ Name, Value: `value of ${Name}`, Type: 'SecureString' })),
  })
  const names = Array.from({ length: 12 }, (_, index) => `/p/${index}`)
  const labelled = { Name: '/p/11', Selector: ':3', ARN: 'arn:of:p11', Value: 'third', Type: 'String' }
  const { endpoint, asked } = await scripted([answer(names.slice(0, 10)), { Parameters: [labelled] }])
  const found = await connected(endpoint).parameters(names)
  expect(asked).toEqual([
    { Names: names.slice(0, 10), WithDecryption: true },
    { Names: names.slice(10), WithDecryption: true },
  ])
  expect(found.get('/p/3')).toEqual({ value: 'value of /p/3', isSecure: true })
  expect(found.get('/p/11:3')).toEqual({ value: 'third', isSecure: false })
  expect(found.get('arn:of:p11:3')?.value).toBe('third')
  expect(found.has('/p/10')).toBe(false)
})

test('a secret is its text; one that is binary has none', async () => {
  const { endpoint, asked } = await scripted([{ SecretString: 'hush' }, { SecretBinary: 'AA==' }])
  const store = connected(endpoint)
  expect(await store.secret('db')).toBe('hush')
  expect(await store.secret('key')).toBeUndefined()
  expect(asked).toEqual([{ SecretId: 'db' }, { SecretId: 'key' }])
})
