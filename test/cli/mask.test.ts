import { expect, test } from 'vitest'
import { keepSecret, mask, maskAll } from '../../src/cli/mask.ts'

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

test('a value keeps its shape and the names of its fields', () => {
  expect(maskAll({ '123456': 123456, texts: ['first secret', 'plain'], absent: undefined })).toEqual({
    '123456': 123456,
    texts: ['***', 'plain'],
  })
})
