import { afterEach, describe, expect, test, vi } from 'vitest'
import { safeJson, safeText } from '../../../src/cli/output/safe-text.ts'

afterEach(() => vi.unstubAllEnvs())

test('JSON has no character that a terminal obeys, and says the same', () => {
  const value = { text: 'a\u001b[2J\u009b2J\u007f\u202e\u2066\u200f\u061c\u2028b é 日本 😀' }
  const text = safeJson(value)
  expect(text).not.toMatch(/[^\P{Cc}]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u)
  expect(text).toContain('é 日本 😀')
  expect(JSON.parse(text)).toEqual(value)
})

test('text has none either, except colours, tabs and line ends', () => {
  const text = safeText(
    '\u001b[31mred\u001b[39m\ta\u001b[2J\u009b2J\u001b]0;title\u0007\r\u202e\u200f\u061c\u2028b é 日本\n',
  )
  expect(text).toBe('\u001b[31mred\u001b[39m\ta[2J2J]0;titleb é 日本\n')
})

describe.each([
  '::error::owned',
  '  ::set-output name=a::b',
  '::stop-commands::x',
  '##[error]owned',
  'a ##[group]b',
])('what a runner of GitHub would obey: %s', (command) => {
  test('is no command there', () => {
    vi.stubEnv('GITHUB_ACTIONS', 'true')
    const text = safeText(`one\n${command}\nthree`)
    expect(text).not.toMatch(/^\s*::/m)
    expect(text).not.toContain('##[')
    const json = safeJson({ command })
    expect(json).not.toContain('##[')
    expect(JSON.parse(json)).toEqual({ command })
  })

  test('is left alone elsewhere', () => {
    vi.stubEnv('GITHUB_ACTIONS', '')
    expect(safeText(command)).toBe(command)
  })
})
