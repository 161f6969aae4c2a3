import { LambdactlError } from '../errors/error.ts'
import { executableHead, executableProblem } from './executable.ts'
import { exportMissing, type Handler, moduleMissing, nodeHandler, pythonHandler } from './handler.ts'
import { requireNodeExport } from './node-exports.ts'
import type { Listing, PackageSource } from './types.ts'

/**
 * Refuses a package whose handler can't be found in it, before anything is uploaded. Other runtimes than Node, Python
 * and provided ones are not looked into.
 *
 * @throws LambdactlError PACKAGE_INVALID saying what was expected and what is there
 */
export async function checkHandler(source: PackageSource, listing: Listing): Promise<void> {
  const { runtime, handler } = source
  const hasLayers = (source.layers ?? []).length > 0
  if (runtime.startsWith('nodejs')) await checkNode(nodeHandler(handler), listing, hasLayers)
  else if (runtime.startsWith('python')) await checkPython(pythonHandler(handler), listing, hasLayers)
  else if (runtime.startsWith('provided')) await checkBootstrap(listing, source.architecture ?? 'x86_64')
}

async function checkNode(handler: Handler, listing: Listing, hasLayers: boolean): Promise<void> {
  const path = findModule(handler, listing, ['.js', '.mjs', '.cjs'], hasLayers)
  if (path === undefined) return
  await requireNodeExport(handler, path, (await listing.read(path)).toString('utf8'))
}

async function checkPython(handler: Handler, listing: Listing, hasLayers: boolean): Promise<void> {
  const path = findModule(handler, listing, ['.py', '/__init__.py'], hasLayers)
  if (path === undefined) return
  const code = (await listing.read(path)).toString('utf8')
  const defined = Array.from(
    code.matchAll(/^(?:async\s+)?(?:def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=(?!=)/gm),
    (match) => match[1] ?? match[2] ?? '',
  )
  if (defined.includes(handler.exportName) || imports(code, handler.exportName)) return
  throw exportMissing(handler, path, [...new Set(defined)])
}

/** Whether Python code takes a name in from elsewhere, by itself or with everything else. */
function imports(code: string, name: string): boolean {
  const statements = code.match(/^from\s+\S+\s+import\s+(?:\([^)]*\)|.*)/gm) ?? []
  return statements.some((statement) => {
    const names = statement.replace(/^.*?\bimport\b/, '').split(/[^\w*]+/)
    return names.includes(name) || names.includes('*')
  })
}

async function checkBootstrap(listing: Listing, architecture: 'x86_64' | 'arm64'): Promise<void> {
  const bootstrap = listing.files.find(({ path }) => path === 'bootstrap')
  if (bootstrap?.mode !== 0o755) throw noBootstrap(bootstrap ? 'one that is not executable' : 'none')
  const problem = executableProblem(
    (await listing.read('bootstrap')).subarray(0, executableHead),
    architecture,
  )
  if (problem) throw notStartable(problem, architecture)
}

function noBootstrap(got: string): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `A provided runtime starts bootstrap: expected an executable file of that name at the top of the package, got ${got}.`,
    { next: ['Have build: make it, or name the folder that holds it with source:.'] },
  )
}

function notStartable(got: string, architecture: string): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `Lambda can't start bootstrap: expected a Linux ELF for ${architecture} or a script that begins with #!, got ${got}.`,
    { next: [`Build it for linux/${architecture}, or correct architecture: in lambdactl.yaml.`] },
  )
}

/** Undefined where a layer may have it, as one that wraps handlers does. */
function findModule(
  handler: Handler,
  { files }: Listing,
  endings: readonly string[],
  hasLayers: boolean,
): string | undefined {
  const candidates = endings.map((ending) => `${handler.module}${ending}`)
  const found = candidates.find((candidate) => files.some(({ path }) => path === candidate))
  if (found || hasLayers) return found
  throw moduleMissing(
    handler,
    candidates,
    files.map(({ path }) => path),
  )
}
