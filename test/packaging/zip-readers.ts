import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { folder } from './folder.ts'

const run = promisify(execFile)

/** A file as a program gave it back: its path, mode and SHA-256 in hex. */
export type ReadFile = readonly [path: string, mode: string, sha256: string]

/** A program that reads zips. */
export interface ZipReader {
  name: string
  isInstalled: boolean
  /** Whether it composes the names that it reads, as libarchive does: `e` and an accent become one `é`. */
  normalises: boolean
  read: (zip: Buffer) => Promise<ReadFile[]>
}

/** In memory, so that no name is too long for it. */
const python: ZipReader = {
  name: "Python's zipfile",
  isInstalled: true,
  normalises: false,
  async read(zip) {
    await using place = await folder({ 'package.zip': zip })
    const script = `
import hashlib, json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, oct(i.external_attr >> 16), hashlib.sha256(z.read(i)).hexdigest()] for i in z.infolist()]))`
    const args = ['-c', script, join(place.path, 'package.zip')]
    const { stdout } = await run('python3', args, { maxBuffer: 100_000_000 })
    return byPath(JSON.parse(stdout) as ReadFile[])
  },
}

/** Every reader; Python's is always there, the tests need it elsewhere too. What isn't installed shows as skipped. */
export const zipReaders: readonly ZipReader[] = [
  python,
  extracting('unzip', ['-v'], (zip, into) => ['-q', '-^', zip, '-d', into]),
  extracting('bsdtar', ['--version'], (zip, into) => ['-x', '-p', '-f', zip, '-C', into]),
  extracting('7z', ['i'], (zip, into) => ['x', '-y', '-bd', `-o${into}`, zip]),
]

/** A program that extracts to a folder. */
function extracting(
  name: string,
  probe: string[],
  argumentsFor: (zip: string, into: string) => string[],
): ZipReader {
  const read = async (zip: Buffer) => {
    await using place = await folder({ 'package.zip': zip })
    const into = join(place.path, 'out')
    await mkdir(into)
    const env = { ...process.env, LC_ALL: 'C.UTF-8' }
    await run(name, argumentsFor(join(place.path, 'package.zip'), into), { env })
    return await filesIn(into)
  }
  return { name, isInstalled: isThere(name, probe), normalises: name === 'bsdtar', read }
}

function isThere(name: string, probe: string[]): boolean {
  try {
    execFileSync(name, probe, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** The files of a folder as they lie there. */
export async function filesIn(root: string): Promise<ReadFile[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return byPath(
    await Promise.all(
      files.map(async (file): Promise<ReadFile> => {
        const [{ mode }, content] = await Promise.all([stat(file), readFile(file)])
        const sha256 = createHash('sha256').update(content).digest('hex')
        return [relative(root, file).split(sep).join('/'), `0o${mode.toString(8)}`, sha256]
      }),
    ),
  )
}

function byPath(files: readonly ReadFile[]): ReadFile[] {
  return files.toSorted(([a], [b]) => (a < b ? -1 : 1))
}
