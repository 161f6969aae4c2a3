import { expect, test } from 'vitest'
import { lackIn } from '../../../src/packaging/load/lacks-here.ts'

test.each([
  [
    'of the SDK itself',
    ['CredentialsProviderError: Could not load credentials from any providers'],
    'credentials',
  ],
  [
    "of a library's name with the SDK's words",
    ['GetParameterError: Could not load credentials from any providers'],
    'credentials',
  ],
  [
    'of a library, with the reason in its cause',
    ['InitError: no table', 'CredentialsProviderError: x'],
    'credentials',
  ],
  [
    'of version 2 of the SDK',
    ['Error: CredentialsError: Missing credentials in config, if using AWS_CONFIG_FILE'],
    'credentials',
  ],
  [
    'of botocore',
    ['GetParameterError: Unable to locate credentials', 'NoCredentialsError: Unable to locate credentials'],
    'credentials',
  ],
  [
    'of a name that is not found',
    ['TypeError: fetch failed', 'Error: ENOTFOUND: getaddrinfo ENOTFOUND db.example'],
    'network',
  ],
  [
    'of a refusal',
    ['PrismaClientInitializationError: x', 'Error: ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:5432'],
    'network',
  ],
  ['of a time-out', ['Error: ETIMEDOUT: connect ETIMEDOUT'], 'network'],
  ['of a time-out of a library', ['ConnectionTimeoutError: Connection timeout'], 'network'],
  ['of fetch with a time-out', ['TimeoutError: The operation was aborted due to timeout'], 'network'],
  [
    'of psycopg2',
    ['OperationalError: connection to server at "10.0.0.1", port 5432 failed: Connection refused'],
    'network',
  ],
  ['of ioredis', ['MaxRetriesPerRequestError: Reached the max retries per request limit'], 'network'],
  ['of Python', ['URLError: <urlopen error [Errno -3] Temporary failure in name resolution>'], 'network'],
] as const)('an error %s', (_, chain, lack) => {
  expect(lackIn(chain)).toBe(lack)
})

test.each([
  ['TypeError: credentials is not a function'],
  ['Error: ENOENT: no such file or directory'],
  ['Error: the network policy is missing'],
])('%s is the function’s own fault', (line) => {
  expect(lackIn([line])).toBeUndefined()
})
