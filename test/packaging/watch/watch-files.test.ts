import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type FileWatch, watchFiles } from '../../../src/packaging/watch/watch-files.ts'

/** A folder with a watch on its `src` and on `lib/one.ts`, and the paths that were told. */
async function watched(ignored = '') {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'lambdactl-watch-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const write = async (path: string, text = 'text') => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await write('src/.gitignore', ignored)
  await write('src/node_modules/a/index.js')
  await write('lib/one.ts')
  const told = new Set<string>()
  const watch: FileWatch = watchFiles((path) => told.add(relative(folder, path)))
  onTestFinished(() => watch[Symbol.dispose]())
  watch.follow({ folders: [join(folder, 'src')], files: [join(folder, 'lib/one.ts')] })
  const tells = (path: string) => expect.poll(() => [...told]).toContain(path)
  return { folder, write, told, tells }
}

test('a watch tells files of new folders and saves by renaming, and nothing that is ignored', async () => {
  const { folder, write, told, tells } = await watched('out/\n')
  await write('src/node_modules/a/index.js', 'other')
  await write('src/out/bundle.js')
  await write('src/.index.ts.swp')
  await write('lib/two.ts')
  await write('src/new/deep/file.ts')
  await tells('src/new/deep/file.ts')
  await write('src/new/deep/later.ts')
  await tells('src/new/deep/later.ts')
  await write('lib/one.new')
  await rename(join(folder, 'lib/one.new'), join(folder, 'lib/one.ts'))
  await tells('lib/one.ts')
  await rm(join(folder, 'src/new/deep/file.ts'))
  await write('src/last.ts')
  await tells('src/last.ts')
  const quiet = [...told].filter((path) => !/^src\/(?:new\/deep\/|last\.ts)|^lib\/one\.ts$/.test(path))
  expect(quiet).toEqual([])
})

test('a folder that is taken away and comes back is watched again', async () => {
  const { folder, write, told, tells } = await watched()
  await rm(join(folder, 'src'), { recursive: true })
  await write('src/index.ts')
  await tells('src/index.ts')
  told.clear()
  await write('src/index.ts', 'other')
  await tells('src/index.ts')
  expect([...told]).toEqual(['src/index.ts'])
})
