import { expect, test } from 'vitest'
import { failureOf, load } from '../loading.ts'

const denied =
  "const denied = Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' })"
const got = "class GetParameterError extends Error { name = 'GetParameterError' }"
test.each([
  ['told as it is', `${denied}\nawait Promise.reject(denied)`],
  [
    'told in the words of a library',
    `${got}\nthrow new GetParameterError('Could not load credentials from any providers')`,
  ],
  ['the cause of an error', `${denied}\n${got}\nthrow new GetParameterError('no table', { cause: denied })`],
  [
    'the cause of a cause',
    `${denied}\n${got}\nthrow new Error('no', { cause: new GetParameterError('x', { cause: denied }) })`,
  ],
  ['one of several', `${denied}\nthrow new AggregateError([new Error('a'), denied], 'none of two')`],
  [
    'kept where version 2 of the SDK keeps it',
    `${denied}\nthrow Object.assign(new Error('no'), { code: 'ConfigError', originalError: denied })`,
  ],
  ['thrown later', `${denied}\nsetImmediate(() => { throw new Error('late', { cause: denied }) })`],
  [
    'why it ends its process',
    `console.error('Error: Could not load credentials from any providers')\nprocess.exit(1)`,
  ],
  [
    'a circle of causes',
    `${denied}\nconst a = new Error('a'), b = new Error('b', { cause: a })\na.cause = b\nb.errors = [denied]\nthrow a`,
  ],
])('what it asks AWS for, it is not refused for: %s', async (_, code) => {
  expect(await load({ 'index.mjs': `${code}\nexport const handler = () => 1` })).toEqual([
    expect.stringContaining('not loaded, since it calls AWS, and has no credentials here'),
  ])
})

test('what it calls over the network, it is not refused for', async () => {
  const code =
    "import { connect } from 'node:net'\nawait new Promise((_, reject) => connect(1, '127.0.0.1').on('error', (cause) => reject(new Error('no database', { cause }))))\nexport const handler = () => 1"
  expect(await load({ 'index.mjs': code })).toEqual([
    expect.stringContaining(
      'not loaded, since it uses the network, and may have none here: Error: no database',
    ),
  ])
})

test('it is not refused for an error whose library keeps the reason as its detail', async () => {
  const code =
    "import { connect } from 'node:net'\nawait new Promise((_, reject) => connect(1, '127.0.0.1').on('error', (detail) => reject(Object.assign(new Error('no payments'), { detail }))))\nexport const handler = () => 1"
  expect(await load({ 'index.mjs': code })).toEqual([expect.stringContaining('Error: no payments')])
})

test('its own error is no less its own for having a cause', async () => {
  const code =
    "throw new Error('no table', { cause: new RangeError('too many') })\nexport const handler = () => 1"
  expect(await failureOf(load({ 'index.mjs': code }))).toContain('Error: no table')
})
