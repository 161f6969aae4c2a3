import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A temporary folder with these files, which is removed when it goes out of scope. */
export async function folder(files: Readonly<Record<string, string | Buffer>> = {}) {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'lambdactl-packaging-')))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), content)
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
