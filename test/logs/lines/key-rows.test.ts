import { expect, test } from 'vitest'
import { keyRows } from '../../../src/logs/lines/key-rows.ts'
import { lineReader } from '../../../src/logs/lines/read-line.ts'
import { event } from './reading.ts'

const begin = '-----BEGIN RSA PRIVATE KEY-----'
const end = '-----END RSA PRIVATE KEY-----'
const headers = ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,0A1B2C3D']
const row = 'MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MhgHcTz6sE2I2yPB'

/** The texts of rows that a program printed as an event each. */
function shown(rows: readonly string[]): string[] {
  const read = lineReader((group) => group)
  return rows
    .map((text) => read(event(text)))
    .map(keyRows())
    .map(({ text }) => text)
}

test('the rows of a key are hidden, and no row around it', () => {
  expect(shown(['before it', begin, row, row, end, 'done'])).toEqual([
    'before it',
    begin,
    '***',
    '***',
    end,
    'done',
  ])
})

test('an encrypted key is hidden behind the empty row that follows its headers', () => {
  const encrypted = [begin, ...headers, '', row, row, end]
  expect(shown(encrypted)).toEqual([begin, '***', '***', '', '***', '***', end])
})

test.each(['QUJD', 'AbCdEf12', 'AbCdEf12+/34', 'AbCdEf', 'QQ=='])(
  'the last row %s of a key is hidden',
  (last) => {
    expect(shown([begin, row, last, end])).toEqual([begin, '***', '***', end])
  },
)

test('a key without an end hides no later line', () => {
  expect(shown([begin, 'done', row])).toEqual([begin, 'done', row])
  expect(shown([begin, row, '', 'done'])).toEqual([begin, '***', '', 'done'])
  expect(shown([begin, ...headers, '', 'done', row])).toEqual([begin, '***', '***', '', 'done', row])
  expect(shown([begin, row, 'QUJD', 'done'])).toEqual([begin, '***', '***', 'done'])
})
