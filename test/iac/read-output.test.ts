import { symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readOutput } from '../../src/iac/read-output.ts'
import { folder } from '../packaging/folder.ts'

test('refuses a path that no tool wrote, and one that is not there', async () => {
  await expect(readOutput(resolve('test'), 'test')).rejects.toThrow(
    /^Expected a function's name in Lambda.*; got "test"\.$/,
  )
  await expect(readOutput(resolve('not-there.json'), 'not-there.json')).rejects.toThrow(
    /got "not-there\.json", which is not there\.$/,
  )
})

test.skipIf(process.platform === 'win32')('refuses a device, which may never end', async () => {
  await using made = await folder({})
  const path = join(made.path, 'endless.json')
  await symlink('/dev/zero', path)
  await expect(readOutput(path, 'endless.json')).rejects.toThrow(
    /^Expected a file or a folder, got endless\.json/,
  )
})

test("refuses an output that is nested so deep that it can't be read", async () => {
  const depth = 20_000
  const modules = `${'{"child_modules":['.repeat(depth)}{}${']}'.repeat(depth)}`
  const text = `{"format_version":"1.0","values":{"root_module":${modules}}}`
  await using made = await folder({ 'deep.json': text })
  const path = join(made.path, 'deep.json')
  await expect(readOutput(path, 'deep.json')).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
})
