import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CreateFunctionCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { createActive, fault, functionInput, startLambda, type TestSandbox } from './sandbox.ts'
import { type ZipEntry, zipOf } from './zip.ts'

const link = 0o120777
const unreadable = 'Could not unzip uploaded file. Please check your file, then try to upload again.'

function folderOf({ codeDirectory }: TestSandbox, zip: Uint8Array): string {
  return join(codeDirectory, createHash('sha256').update(zip).digest('hex'))
}

describe('an uploaded package', () => {
  test('is unpacked into a folder named by its SHA-256, with folders, links and its owner’s part of modes', async () => {
    const sandbox = await startLambda()
    const zip = zipOf([
      { name: 'bin/', content: '', mode: 0o040755 },
      { name: 'bin/run', content: '#!/bin/sh\n', mode: 0o100755 },
      { name: 'lib/deep/data.json', content: '{}' },
      { name: 'run', content: 'bin/run', mode: link },
    ])
    await createActive(sandbox.client, 'shop', { Code: { ZipFile: zip } })
    const folder = folderOf(sandbox, zip)
    expect((await stat(join(folder, 'bin/run'))).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, 'lib/deep/data.json'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(folder, 'lib/deep/data.json'), 'utf8')).toBe('{}')
    expect(await readlink(join(folder, 'run'))).toBe('bin/run')
  })

  test('is unpacked once when two functions upload it at the same time', async () => {
    const sandbox = await startLambda()
    const zip = zipOf([{ name: 'index.mjs', content: 'export {}\n' }])
    const create = (name: string) =>
      sandbox.client.send(new CreateFunctionCommand(functionInput(name, { Code: { ZipFile: zip } })))
    await Promise.all([create('one'), create('two'), create('three')])
    const digest = createHash('sha256').update(zip).digest('hex')
    expect((await readdir(sandbox.codeDirectory)).toSorted()).toEqual([digest, `${digest}.zip`])
  })

  const escapes: [string, ZipEntry[]][] = [
    ['climbs out of the folder', [{ name: '../escaped', content: 'x' }]],
    ['is absolute', [{ name: '/tmp/lambdactl-escaped', content: 'x' }]],
    ['links out of the folder', [{ name: 'out', content: '../..', mode: link }]],
    ['links to an absolute path', [{ name: 'out', content: '/etc', mode: link }]],
    ['links out of /tmp', [{ name: 'out', content: '/tmp/../etc', mode: link }]],
    [
      'links to the folder above by way of another link',
      [
        { name: 'a/b/c/up', content: '../../..', mode: link },
        { name: 'out', content: 'a/b/c/up/..', mode: link },
      ],
    ],
    [
      'links out through a chain',
      [
        { name: 'a', content: 'b', mode: link },
        { name: 'b', content: 'lib/d', mode: link },
        { name: 'lib/d', content: 'e/../..', mode: link },
        { name: 'lib/e', content: '../lib', mode: link },
        { name: 'file', content: 'a/../etc/passwd', mode: link },
      ],
    ],
    [
      'links to a link that is absolute',
      [
        { name: 'one', content: 'two/passwd', mode: link },
        { name: 'two', content: '/etc', mode: link },
      ],
    ],
    [
      'is a file below a link to a folder',
      [
        { name: 'lib/a.txt', content: 'a' },
        { name: 'current', content: 'lib', mode: link },
        { name: 'current/b.txt', content: 'b' },
      ],
    ],
    [
      'is a link under another link',
      [
        { name: 'a/b/c/up', content: '../../..', mode: link },
        { name: 'a/b/c/up/out', content: '../../../..', mode: link },
      ],
    ],
  ]
  test.each(escapes)('is refused, and leaves nothing behind, when an entry %s', async (_what, entries) => {
    const sandbox = await startLambda()
    const zip = zipOf([{ name: 'index.mjs', content: 'export {}\n' }, ...entries])
    await expect(
      sandbox.client.send(new CreateFunctionCommand(functionInput('shop', { Code: { ZipFile: zip } }))),
    ).rejects.toMatchObject(fault('InvalidParameterValueException', 400, unreadable))
    expect(await readdir(sandbox.codeDirectory)).toEqual([])
    expect(existsSync(join(dirname(sandbox.codeDirectory), 'escaped'))).toBe(false)
  })

  test('is refused, and leaves nothing behind, when the first of many files is damaged', async () => {
    const sandbox = await startLambda()
    const many = Array.from({ length: 400 }, (_, at) => ({
      name: `lib/${at}.mjs`,
      content: 'x'.repeat(5000),
    }))
    const zip = zipOf([{ name: 'index.mjs', content: 'export {}\n' }, ...many])
    // The signature of the first file's own header.
    zip[0] = 0
    await expect(
      sandbox.client.send(new CreateFunctionCommand(functionInput('shop', { Code: { ZipFile: zip } }))),
    ).rejects.toMatchObject(fault('InvalidParameterValueException', 400, unreadable))
    expect(await readdir(sandbox.codeDirectory)).toEqual([])
  })

  test('is unpacked with links that stay in it, lead nowhere, round in a circle, or to /tmp and /opt', async () => {
    const sandbox = await startLambda()
    const zip = zipOf([
      { name: 'lib/v1/a.txt', content: 'a' },
      { name: 'lib/current', content: './v1/', mode: link },
      { name: 'short', content: 'lib/current/../v1', mode: link },
      { name: 'deep/down/a.txt', content: '../../short/../v1/a.txt', mode: link },
      { name: 'nowhere', content: 'missing/../x', mode: link },
      { name: 'round', content: 'trip', mode: link },
      { name: 'trip', content: 'round', mode: link },
      { name: 'cache', content: '/tmp/cache', mode: link },
      { name: 'extra', content: '/opt/../opt/extra', mode: link },
    ])
    await createActive(sandbox.client, 'shop', { Code: { ZipFile: zip } })
    const folder = folderOf(sandbox, zip)
    expect(await readFile(join(folder, 'deep/down/a.txt'), 'utf8')).toBe('a')
    expect(await readlink(join(folder, 'nowhere'))).toBe('missing/../x')
    expect(await readlink(join(folder, 'round'))).toBe('trip')
    expect(await readlink(join(folder, 'cache'))).toBe('/tmp/cache')
    expect(await readlink(join(folder, 'extra'))).toBe('/opt/../opt/extra')
  })
})
