import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readOutput } from '../../src/iac/read-output.ts'

test('refuses a path that no tool wrote, and one that is not there', async () => {
  await expect(readOutput(resolve('test'), 'test')).rejects.toThrow(
    /^Expected a function's name in Lambda.*; got "test"\.$/,
  )
  await expect(readOutput(resolve('not-there.json'), 'not-there.json')).rejects.toThrow(
    /got "not-there\.json", which is not there\.$/,
  )
})
