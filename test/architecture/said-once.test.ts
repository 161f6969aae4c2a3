import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceFiles } from './imports.ts'

const root = join(import.meta.dirname, '../..')

/** The files of src outside of a folder whose text matches. */
function outside(folder: string, found: RegExp): string[] {
  return sourceFiles(root, 'src').filter(
    (file) => !file.startsWith(`${folder}/`) && found.test(readFileSync(join(root, file), 'utf8')),
  )
}

test('only src/errors tells by their codes conflicts and calls without an answer', () => {
  const asked = /(?:isCode\([^)]*|\.code [!=]== )'(?:CONFLICT|UNREACHABLE|AWS_UNAVAILABLE)'/
  expect(asked.test("isCode(error, 'CONFLICT')")).toBe(true)
  expect(asked.test("failure.code === 'UNREACHABLE'")).toBe(true)
  expect(outside('src/errors', asked)).toEqual([])
})

test('only the calls of a client send anything to AWS', () => {
  const sent = /\.send\(|\bsend\b.*\.bind\(/
  expect(sent.test('client.send(command)')).toBe(true)
  const elsewhere = outside('src/sandbox', sent).filter((file) => file !== 'src/aws/client/calls.ts')
  expect(elsewhere).toEqual([])
})
