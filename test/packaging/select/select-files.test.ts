import { once } from 'node:events'
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { selectFiles } from '../../../src/packaging/select/select-files.ts'
import { folder } from '../folder.ts'

function pathsIn(directory: string): string[] {
  return selectFiles(directory).files.map(({ path }) => path)
}

describe('selectFiles', () => {
  test('takes files of all folders, sorted by path, with their sizes and whether they can be run', async () => {
    await using source = await folder({
      'b.js': 'bb',
      'a/z.js': '',
      'a-b.js': 'x',
      'B.js': 'x',
      'größe/文件.txt': 'é',
    })
    await chmod(join(source.path, 'b.js'), 0o700)
    await mkdir(join(source.path, 'empty'))
    const { files } = selectFiles(source.path)
    expect(files.map(({ path, size, mode }) => ({ path, size, mode }))).toEqual([
      { path: 'B.js', size: 1, mode: 0o644 },
      { path: 'a-b.js', size: 1, mode: 0o644 },
      { path: 'a/z.js', size: 0, mode: 0o644 },
      { path: 'b.js', size: 2, mode: 0o755 },
      { path: 'größe/文件.txt', size: 2, mode: 0o644 },
    ])
  })

  test('leaves clutter, its own files and secrets out, and names the secrets', async () => {
    const key = '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n'
    await using source = await folder({
      'index.py': '',
      '.git/config': '',
      '.DS_Store': '',
      '__pycache__/index.pyc': '',
      'lambdactl.yaml': '',
      '.lambdactlignore': '',
      '.env.production': 'TOKEN=1',
      'keys/server.key': key,
      'keys/server.pem': key,
      'keys/id_rsa': key,
    })
    const selection = selectFiles(source.path)
    expect(selection.files.map(({ path }) => path)).toEqual(['index.py'])
    expect(selection.excludedSecrets).toEqual([
      '.env.production',
      'keys/id_rsa',
      'keys/server.key',
      'keys/server.pem',
    ])
  })

  test('keeps a .pem of certificates, which is public', async () => {
    await using source = await folder({ 'certifi/cacert.pem': '-----BEGIN CERTIFICATE-----\n' })
    expect(pathsIn(source.path)).toEqual(['certifi/cacert.pem'])
  })

  test('follows the gitignore rules of .lambdactlignore, which may take a file back in', async () => {
    await using source = await folder({
      '.lambdactlignore':
        '# tests stay here\ntests/\n*.md\n!KEEP.md\n/only-top.txt\n!public.key\n!private.pem\n',
      'index.py': '',
      'tests/test_index.py': '',
      'README.md': '',
      'KEEP.md': '',
      'only-top.txt': '',
      'deep/only-top.txt': '',
      'public.key': '',
      'private.pem': '-----BEGIN PRIVATE KEY-----',
    })
    const selection = selectFiles(source.path)
    expect(selection.files.map(({ path }) => path)).toEqual([
      'KEEP.md',
      'deep/only-top.txt',
      'index.py',
      'private.pem',
      'public.key',
    ])
    expect(selection.excludedSecrets).toEqual([])
  })

  test('follows links that stay inside the folder', async () => {
    await using source = await folder({ 'lib/a.js': 'a', 'main.js': 'm' })
    await symlink('lib', join(source.path, 'linked'))
    await symlink(join(source.path, 'main.js'), join(source.path, 'index.js'))
    expect(pathsIn(source.path)).toEqual(['index.js', 'lib/a.js', 'linked/a.js', 'main.js'])
  })

  test('takes a source folder that is itself a link', async () => {
    await using source = await folder({ 'real/index.js': '' })
    await symlink('real', join(source.path, 'link'))
    expect(pathsIn(join(source.path, 'link'))).toEqual(['index.js'])
  })

  test('does not follow a link that the rules leave out', async () => {
    await using source = await folder({
      'index.js': '',
      '.lambdactlignore': 'outside\nfolder/\n',
      'lib/a.js': '',
    })
    await symlink('/etc/hosts', join(source.path, 'outside'))
    await symlink('lib', join(source.path, 'folder'))
    expect(pathsIn(source.path)).toEqual(['index.js', 'lib/a.js'])
  })
})

function failureOf(work: () => unknown): unknown {
  try {
    return void work()
  } catch (error) {
    return error
  }
}

/** The message of selectFiles on a folder that was made to be refused. */
async function refusalOf(prepare: (path: string) => Promise<unknown>): Promise<string> {
  await using source = await folder({ 'index.js': '', 'lib/a.js': '' })
  await prepare(source.path)
  const failure = failureOf(() => selectFiles(source.path))
  expect(failure).toMatchObject({
    code: 'PACKAGE_INVALID',
    next: ['Remove it, or exclude it with a line in .lambdactlignore.'],
  })
  return (failure as Error).message
}

describe('selectFiles refuses, by name,', () => {
  test('a link that leaves the folder', async () => {
    expect(await refusalOf((path) => symlink('/etc/hosts', join(path, 'lib/hosts')))).toBe(
      "The source can't be packaged: the link lib/hosts leaves the folder (/etc/hosts).",
    )
  })

  test('a link to a folder beside this one whose name begins alike', async () => {
    await using sibling = await folder()
    expect(
      await refusalOf(async (path) => {
        await mkdir(join(sibling.path, 'x'))
        await symlink(join(sibling.path, 'x'), join(path, 'beside'))
      }),
    ).toContain('the link beside leaves the folder')
  })

  test('a link that leads nowhere', async () => {
    expect(await refusalOf((path) => symlink('missing.js', join(path, 'gone.js')))).toBe(
      "The source can't be packaged: the link gone.js leads nowhere (missing.js).",
    )
  })

  test('a link to itself', async () => {
    expect(await refusalOf((path) => symlink('me', join(path, 'me')))).toBe(
      "The source can't be packaged: the link me leads nowhere (me).",
    )
  })

  test('a link back to a folder that holds it', async () => {
    expect(await refusalOf((path) => symlink('..', join(path, 'lib/up')))).toBe(
      "The source can't be packaged: the link lib/up leads back to a folder that holds it.",
    )
  })

  test('a socket', async () => {
    const server = createServer()
    const message = await refusalOf(async (path) => {
      server.listen(join(path, 'app.sock'))
      await once(server, 'listening')
    })
    server.close()
    expect(message).toBe("The source can't be packaged: app.sock is neither a file nor a folder.")
  })

  test('a file whose name is not UTF-8, even beside one that has the replacement in its name', async () => {
    const message = await refusalOf(async (path) => {
      await writeFile(join(path, 'bad-\uFFFD'), 'x')
      await writeFile(Buffer.concat([Buffer.from(`${path}/bad-`), Buffer.from([0xff])]), 'x')
    })
    expect(message).toBe('The source can\'t be packaged: the name "bad-\uFFFD" is not UTF-8.')
  })

  test.each(['a\\b.js', 'c:evil.js'])('the name %j, which zip writers change', async (name) => {
    expect(await refusalOf((path) => writeFile(join(path, name), ''))).toBe(
      `The source can't be packaged: a zip can't hold the name ${JSON.stringify(name)}.`,
    )
  })
})
