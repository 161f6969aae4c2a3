import { expect, test } from 'vitest'
import { keepPublic, keepSecret, mask, maskAll } from '../../../src/cli/output/mask.ts'

keepSecret('first secret')
keepSecret('first secret and more')
keepSecret(
  '{"user": "root-user", "pin": 123456, "on": true, "more": {"key": ["deep \\"quoted\\""]}, "short": "abc"}',
)
keepSecret('abc')
keepSecret('-----BEGIN KEY-----\nMIIEvQIBADAN\nend\n')
keepSecret('p@ss/word')

test.each([
  ['the first secret.', 'the ***.'],
  ['first secret and more', '***'],
  ['root-user and 123456', '*** and ***'],
  ['deep "quoted"', '***'],
  [JSON.stringify({ is: 'deep "quoted"' }), '{"is":"***"}'],
  [JSON.stringify(JSON.stringify({ is: 'deep "quoted"' })), '"{\\"is\\":\\"***\\"}"'],
  ['abc true', 'abc true'],
  ['a line of a key:\n  MIIEvQIBADAN\n  in the end', 'a line of a key:\n  ***\n  in the end'],
  ['postgres://me:p%40ss%2Fword@db', 'postgres://me:***@db'],
])('%s is shown as %s', (text, expected) => {
  expect(mask(text)).toBe(expected)
})

test.each(['', 'a', 'ab'])(
  'Base64 of a secret is masked, also after %j, as in Basic authorization',
  (before) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      const shown = mask(Buffer.from(`${before}first secret and more, to be read?`).toString(encoding))
      expect(shown).toContain('***')
      expect(Buffer.from(shown.split('***')[0] ?? '', encoding).toString()).not.toContain('first')
    }
    expect(mask(Buffer.from('p@ss/').toString('base64'))).toBe('cEBzcy8=')
  },
)

test('a value keeps its shape and the names of its fields', () => {
  expect(maskAll({ '123456': 123456, texts: ['first secret', 'plain'], absent: undefined })).toEqual({
    '123456': 123456,
    texts: ['***', 'plain'],
  })
})

test('what the file itself calls something is not masked', () => {
  keepSecret('production')
  keepPublic(['production'])
  expect(mask('in production')).toBe('in production')
})

test.each([
  ['postgres://me:hunter2@db/shop', 'postgres://me:***@db/shop'],
  ['redis://:hunter2@cache:6379', 'redis://:***@cache:6379'],
  ['mongodb+srv://me:p@ss@db', 'mongodb+srv://me:***@db'],
  ['git clone https://ghp_0123456789abcdef@github.com/a/b', 'git clone https://***@github.com/a/b'],
  ['key AKIAIOSFODNN7EXAMPLE.', 'key ***.'],
  ['ASIAIOSFODNN7EXAMPLE', '***'],
  ['export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRf', 'export AWS_SECRET_ACCESS_KEY=***'],
  ['aws_session_token = FwoGZXIvYXdzEBYaDHqa0AP', 'aws_session_token = ***'],
  ['{"SecretAccessKey": "wJalrXUtnFEMI/K7MDENG"}', '{"SecretAccessKey": "***"}'],
  [JSON.stringify('{"SessionToken":"FwoGZXIvYXdzEBYaDHqa0AP"}'), '"{\\"SessionToken\\":\\"***\\"}"'],
  ['a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb', 'a\n***\nb'],
  ['-----BEGIN PRIVATE KEY-----\nMIIE cut off', '***'],
])('what looks like a secret is masked wherever it stands: %s', (text, expected) => {
  expect(mask(text)).toBe(expected)
})

test.each([
  'http://127.0.0.1:4510/path?mail=me@example.org',
  'https://example.org:8443/a@b',
  'mailto:me@example.org',
  'arn:aws:iam::000000000000:role/any',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'git@github.com:a/b.git',
  'ssh://git@github.com/a/b.git',
])('and nothing else: %s', (text) => {
  expect(mask(text)).toBe(text)
})
