import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isLink } from './requirements-file.ts'

/** Files that installers write beside a package, about themselves and this machine. */
const noise = ['RECORD', 'INSTALLER', 'REQUESTED', 'direct_url.json', 'uv_cache.json', 'uv_build.json']

/**
 * Removes from a folder of installed packages everything that differs between machines and installers: notes in
 * `*.dist-info`, locks, and the scripts in bin that name this machine's Python. Other files in bin belong to the
 * packages and stay.
 */
export async function removeNoise(folder: string): Promise<void> {
  const names = await readdir(folder)
  for (const name of names.filter((each) => each.endsWith('.dist-info'))) {
    for (const file of noise) await rm(join(folder, name, file), { force: true })
  }
  await rm(join(folder, '.lock'), { force: true })
  if (names.includes('bin')) await removeScripts(join(folder, 'bin'))
}

async function removeScripts(bin: string): Promise<void> {
  for (const entry of await readdir(bin, { withFileTypes: true })) {
    const path = join(bin, entry.name)
    if (entry.isFile() && isPythonScript(await readFile(path))) await rm(path)
  }
}

/** `#!/usr/bin/python3`, or the shell line that installers write if that path is too long. */
function isPythonScript(content: Buffer): boolean {
  return /^#!(.*python|\/bin\/sh\n'''exec')/.test(content.subarray(0, 200).toString('latin1'))
}

/**
 * Refuses a folder of installed packages with links to folders of this machine, as an editable install makes.
 *
 * @throws LambdactlError PACKAGE_INVALID
 */
export async function requireNoLinks(folder: string, requirements: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.pth'))) {
    const lines = (await readFile(join(folder, name), 'utf8')).split(/\r?\n/)
    const link = lines.find((line) => /^(?:\/|[A-Za-z]:[\\/]|import __editable__)/.test(line))
    if (link !== undefined) throw isLink(`${requirements}: ${name}`, link)
  }
}
