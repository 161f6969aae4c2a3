import { expect, test } from 'vitest'
import { attempt, translate } from '../../../src/aws/answers/translate.ts'
import { LambdactlError } from '../../../src/errors/error.ts'

/** An error as the SDK throws it. */
function sdkError(name: string, more: object = {}, message = 'It broke.'): Error {
  return Object.assign(new Error(message), { name, ...more })
}

const client = (httpStatusCode: number) => ({ $fault: 'client', $metadata: { httpStatusCode } })
const server = (httpStatusCode: number) => ({ $fault: 'server', $metadata: { httpStatusCode } })

test.each([
  [
    'a sign-in that is not reached',
    sdkError('CredentialsProviderError', { code: 'ECONNREFUSED' }),
    'UNREACHABLE',
  ],
  ['an SSO session that ended', sdkError('TokenProviderError'), 'NOT_AUTHENTICATED'],
  ['credentials that ended', sdkError('ExpiredTokenException', client(403)), 'NOT_AUTHENTICATED'],
  ['an unknown key', sdkError('UnrecognizedClientException', client(403)), 'NOT_AUTHENTICATED'],
  ['a wrong secret', sdkError('InvalidSignatureException', client(403)), 'NOT_AUTHENTICATED'],
  ['no permission', sdkError('AccessDeniedException', client(403)), 'NOT_PERMITTED'],
  ['what does not exist', sdkError('ResourceNotFoundException', client(404)), 'NOT_FOUND'],
  ['what IAM does not have', sdkError('NoSuchEntityException', client(404)), 'NOT_FOUND'],
  ['a conflict', sdkError('ResourceConflictException', client(409)), 'CONFLICT'],
  ['another revision', sdkError('PreconditionFailedException', client(412)), 'CONFLICT'],
  ['a parameter', sdkError('InvalidParameterValueException', client(400)), 'AWS_REFUSED'],
  [
    'an error that only its status tells',
    sdkError('Odd', { $metadata: { httpStatusCode: 400 } }),
    'AWS_REFUSED',
  ],
  ['too many requests', sdkError('TooManyRequestsException', client(429)), 'AWS_UNAVAILABLE'],
  ['throttling with status 400', sdkError('ThrottlingException', client(400)), 'AWS_UNAVAILABLE'],
  [
    'throttling that the SDK marked',
    sdkError('LimitExceeded', { ...client(400), $retryable: { throttling: true } }),
    'AWS_UNAVAILABLE',
  ],
  ['a fault of AWS', sdkError('ServiceException', server(500)), 'AWS_UNAVAILABLE'],
  ['a gateway', sdkError('Odd', { $metadata: { httpStatusCode: 503 } }), 'AWS_UNAVAILABLE'],
  ['nobody there', sdkError('Error', { code: 'ECONNREFUSED' }), 'UNREACHABLE'],
  ['an unknown host', sdkError('Error', { code: 'ENOTFOUND' }), 'UNREACHABLE'],
  ['no network', sdkError('Error', { code: 'ENETUNREACH' }), 'UNREACHABLE'],
  ['silence', sdkError('TimeoutError'), 'UNREACHABLE'],
  ['a certificate of its own', sdkError('Error', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'UNREACHABLE'],
  ['a certificate that ended', sdkError('Error', { code: 'CERT_HAS_EXPIRED' }), 'UNREACHABLE'],
  ['what speaks no TLS', sdkError('Error', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'UNREACHABLE'],
  ['what speaks no HTTP', sdkError('Error', { code: 'HPE_INVALID_CONSTANT' }), 'UNREACHABLE'],
  ['a clock that is far off', sdkError('RequestTimeTooSkewed', client(403)), 'NOT_AUTHENTICATED'],
  ['no Region', new Error('Region is missing'), 'CONFIG_INVALID'],
  ['an abort', sdkError('AbortError'), 'BUG'],
  ['our own mistake', new TypeError('x is not a function'), 'BUG'],
  ['a thrown word', 'boom', 'BUG'],
  ['nothing thrown', undefined, 'BUG'],
] as const)('%s is %s', (_, error, code) => {
  expect(translate(error, 'read the alias')).toMatchObject({ code })
})

test('the variables that AWS quotes where they are too large are not told', () => {
  const message = 'The variables exceeded the 4KB limit. String measured: {"TOKEN":"hush\n"}'
  const error = sdkError('InvalidParameterValueException', client(400), message)
  expect(translate(error, 'update it').message).toBe(
    'Could not update it: The variables exceeded the 4KB limit (InvalidParameterValueException)',
  )
})

test('the sentence says what was tried and what AWS said, with the name to search for', () => {
  const error = sdkError('ResourceConflictException', client(409), 'An update is in progress.')
  const translated = translate(error, 'update the code of shop-checkout-prod')
  expect(translated.message).toBe(
    'Could not update the code of shop-checkout-prod: An update is in progress (ResourceConflictException)',
  )
  expect(translated.cause).toBe(error)
})

test("a network's code is the name, and an empty message is said to be one", () => {
  const error = sdkError('Error', { code: 'ECONNREFUSED' }, '')
  expect(translate(error, 'read it').message).toBe('Could not read it: no message (ECONNREFUSED)')
})

test.each(['NOT_AUTHENTICATED', 'UNREACHABLE', 'CONFIG_INVALID'])('%s says what to do next', (code) => {
  const errors = [sdkError('TokenProviderError'), sdkError('TimeoutError'), new Error('Region is missing')]
  const found = errors.map((error) => translate(error, 'read it')).find((error) => error.code === code)
  expect(found?.next).toHaveLength(1)
})

test('an error of ours stays itself', () => {
  const ours = new LambdactlError('PAUSED', 'Paused.')
  expect(translate(ours, 'read it')).toBe(ours)
})

test('an attempt gives the answer, or fails in our words', async () => {
  expect(await attempt('read it', async () => 'there')).toBe('there')
  await expect(attempt('read it', () => Promise.reject(sdkError('TimeoutError')))).rejects.toMatchObject({
    code: 'UNREACHABLE',
  })
})
