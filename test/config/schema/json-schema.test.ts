import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { configJsonSchema } from '../../../src/config/schema/json-schema.ts'

const path = join(import.meta.dirname, '../../../schemas/lambdactl.schema.json')

test('the published schema is that of the program', async () => {
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(configJsonSchema())
})
