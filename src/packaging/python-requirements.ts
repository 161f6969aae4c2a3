import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { LambdactlError } from '../errors/error.ts'

/** The file that says what to install. */
export interface Requirements {
  /** Absolute. */
  readonly file: string
  /** `lock`: a uv.lock, beside its pyproject.toml. */
  readonly kind: 'requirements' | 'pyproject' | 'lock'
  /** SHA-256 in hex over all that decides what is installed. */
  readonly fingerprint: string
}

/**
 * What a Python function wants installed; undefined where that is nothing.
 *
 * @param named relative to the source; undefined: the first that is there of requirements.txt, uv.lock and a
 * pyproject.toml with dependencies
 * @throws LambdactlError PACKAGE_INVALID for a named file that isn't there
 */
export async function findRequirements(
  source: string,
  named: string | false | undefined,
): Promise<Requirements | undefined> {
  if (named === false) return undefined
  const file = named === undefined ? await defaultFile(source) : resolve(source, named)
  if (file === undefined) return undefined
  const kind = await kindOf(file)
  const hash = createHash('sha256').update(kind)
  if (kind === 'requirements') {
    const text = await addRequirements(hash, file, new Set())
    return text ? { file, kind, fingerprint: hash.digest('hex') } : undefined
  }
  const files = kind === 'lock' ? ['pyproject.toml', 'uv.lock'] : ['pyproject.toml']
  for (const name of files) hash.update(await readNamed(join(dirname(file), name)))
  return { file, kind, fingerprint: hash.digest('hex') }
}

async function defaultFile(source: string): Promise<string | undefined> {
  for (const name of ['requirements.txt', 'uv.lock']) {
    if (await isFile(join(source, name))) return join(source, name)
  }
  const project = join(source, 'pyproject.toml')
  if (!(await isFile(project))) return undefined
  // Many a pyproject.toml only configures tools.
  const wantsSome = /^\[project\][^[]*^dependencies\s*=\s*\[\s*[^\s\]]/m.test(await readFile(project, 'utf8'))
  return wantsSome ? project : undefined
}

async function kindOf(file: string): Promise<Requirements['kind']> {
  if (basename(file) === 'uv.lock') return 'lock'
  if (!file.endsWith('.toml')) return 'requirements'
  return (await isFile(join(dirname(file), 'uv.lock'))) ? 'lock' : 'pyproject'
}

const fileOption = /^(-[rcf]|--requirement|--constraint|--find-links)[\s=]*(\S+)/

/** Takes in a file, the files that it names, and the local wheels. @returns whether anything is to be installed */
async function addRequirements(
  hash: ReturnType<typeof createHash>,
  file: string,
  seen: Set<string>,
): Promise<boolean> {
  if (seen.has(file)) return false
  seen.add(file)
  const text = await readNamed(file)
  hash.update(`${text}\0`)
  let found = false
  for (const line of text.replaceAll(/\\\r?\n/g, ' ').split('\n')) {
    const said = line.replace(/(^|\s)#.*$/, '').trim()
    const [, option = '', value] = fileOption.exec(said) ?? []
    if (value) {
      const path = resolve(dirname(file), value.replace(/^file:(\/\/)?/, ''))
      if (/^(-f|--find)/.test(option)) await addFolder(hash, path)
      else if ((await addRequirements(hash, path, seen)) && !/^(-c|--con)/.test(option)) found = true
    } else if (said !== '' && !said.startsWith('--')) {
      found = true
      await addLocal(hash, file, said)
    }
  }
  return found
}

/** A line may name a wheel here; one with the same name may have another content tomorrow. */
async function addLocal(hash: ReturnType<typeof createHash>, file: string, line: string): Promise<void> {
  const path = /(?:^|@\s*)(?:file:(?:\/\/)?)?([^\s;]+\.(?:whl|zip|tar\.gz))(?=$|[\s;])/.exec(line)?.[1]
  if (path === undefined || /^https?:/.test(path)) return
  const absolute = resolve(dirname(file), path)
  if (await isFile(absolute)) hash.update(await readFile(absolute))
}

async function addFolder(hash: ReturnType<typeof createHash>, path: string): Promise<void> {
  const names = await readdir(path).catch((): string[] => [])
  for (const name of names.filter((each) => each.endsWith('.whl')).toSorted()) {
    hash.update(`${name}\0`).update(await readFile(join(path, name)))
  }
}

async function readNamed(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new LambdactlError('PACKAGE_INVALID', `The requirements can't be read: ${why}.`, {
      next: ['Correct requirements: in lambdactl.yaml, or set it to false to install nothing.'],
      cause,
    })
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
