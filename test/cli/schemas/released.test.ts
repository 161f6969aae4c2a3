import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  breaksSince,
  currentSchemas,
  type Released,
  releasedFile,
} from '../../../scripts/schemas/released.ts'

const current = currentSchemas(join(import.meta.dirname, '../../..'))
const released = JSON.parse(readFileSync(releasedFile, 'utf8')) as Released

test('no field, type, value or event of the last release is gone', () => {
  expect(breaksSince(released, current)).toEqual([])
})

test('the kept schemas are those of the last release, the version in package.json', () => {
  expect(released.release).toBe(current.release)
})

test('a schema that is gone is a break; with another schemaVersion a document may be another one', () => {
  const document = (version: number, name: string) => ({
    type: 'object',
    properties: { schemaVersion: { const: version }, [name]: { type: 'string' } },
  })
  const of = (schema: object): Released => ({ release: '1.0.0', schemas: { 'documents/list.json': schema } })
  expect(breaksSince(of(document(1, 'name')), { release: '1.1.0', schemas: {} })).toEqual([
    'schemas/documents/list.json is gone',
  ])
  expect(breaksSince(of(document(1, 'name')), of(document(1, 'title')))).toEqual([
    'schemas/documents/list.json: name is gone',
  ])
  expect(breaksSince(of(document(1, 'name')), of(document(2, 'title')))).toEqual([])
})
