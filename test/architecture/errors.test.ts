import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { nextByCode } from '../../src/cli/exit/error-report.ts'
import { sourceFiles } from './imports.ts'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const files = sourceFiles(root, 'src')

/** The arguments of each error that a text makes, and the line of each. */
function errorsIn(text: string): { line: number; given: string }[] {
  return [...text.matchAll(/new LambdactlError\(/g)].map(({ index, 0: start }) => {
    const from = index + start.length
    return { line: text.slice(0, index).split('\n').length, given: text.slice(from, endOf(text, from)) }
  })
}

/** Where the bracket closes that opened just before; brackets in texts don't count. */
function endOf(text: string, from: number): number {
  const tokens = /\\.|['"`()]/gs
  tokens.lastIndex = from
  let depth = 1
  let quote: string | undefined
  for (let found = tokens.exec(text); found; found = tokens.exec(text)) {
    const [token] = found
    if (quote !== undefined) quote = token === quote ? undefined : quote
    else if (token === '(') depth += 1
    else if (token === ')') depth -= 1
    else if (token.length === 1) quote = token
    if (depth === 0) return found.index
  }
  return text.length
}

/** Whether an error names its next steps, or has a code for which there is always one. */
function hasNext(given: string): boolean {
  const code = /^\s*'([A-Z_]+)'/.exec(given)?.[1] ?? ''
  return /\bnext\b/.test(given) || code in nextByCode
}

describe('the errors of src', () => {
  test('each has a next step', () => {
    const made = files.flatMap((file) => errorsIn(read(file)).map((error) => ({ file, ...error })))
    expect(made.length).toBeGreaterThan(150)
    const without = made.filter(({ given }) => !hasNext(given))
    expect(without.map(({ file, line }) => `${file}:${line}`)).toEqual([])
  })

  test('each code is that of an error', () => {
    const codes = [...read('src/errors/codes.ts').matchAll(/\| '([A-Z_]+)'/g)].map(([, code]) => code)
    expect(codes.length).toBeGreaterThan(20)
    const tables = /^src\/(?:errors|cli\/exit)\//
    const texts = files.filter((file) => !tables.test(file) || file.endsWith('/error.ts')).map(read)
    expect(codes.filter((code) => !texts.some((text) => text.includes(`'${code}'`)))).toEqual([])
  })
})

test('an error without a next step would be seen', () => {
  const given = (text: string) => errorsIn(text).map((error) => hasNext(error.given))
  expect(given("new LambdactlError('AWS_REFUSED', `It (${what})`, { cause })")).toEqual([false])
  expect(given("new LambdactlError('AWS_REFUSED', 'No.', { next: ['Go.'] })")).toEqual([true])
  expect(given("new LambdactlError('USAGE', 'No.')")).toEqual([true])
})
