import { expect, test } from 'vitest'
import { firstUnreadableLine } from '../../../src/aws/place/profiles.ts'

test.each([
  ['', undefined],
  [
    '# a comment\n[default]\nregion = eu-west-1\n\n[profile dev] ; mine\ns3 =\n  max_queue_size = 1\n',
    undefined,
  ],
  ['region = eu-west-1\n', 1],
  ['[default]\nregion\n', 2],
  ['[default\nregion = eu-west-1\n', 1],
  ['[default]\r\n= x\r\n', 2],
])('of %j the first line that can not be read is %s', (text, line) => {
  expect(firstUnreadableLine(text)).toBe(line)
})
