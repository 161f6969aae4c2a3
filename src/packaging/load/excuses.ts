import { foreignBinaries } from '../binaries/foreign.ts'
import type { Binary } from '../binaries/survey.ts'
import { ownTarget } from '../binaries/target.ts'
import { isInRuntime, mayBeInRuntime, packageName } from '../model/runtime-sdk.ts'
import type { FunctionPackage, LoadingSource } from '../model/types.ts'
import { lackIn, lackWords } from './lacks-here.ts'
import type { LayerModules } from './layer-modules.ts'
import type { FailedLoad, LoadFacts, LoadResult } from './load-outcome.ts'
import { isOfVersion } from './other-pythons.ts'
import type { Trusted } from './trusted.ts'

/**
 * An ES module where the runtime expects CommonJS, or may not require one. The error is the same in every Node version.
 */
export const wrongModuleKind =
  /ERR_REQUIRE_ESM|Cannot use import statement outside a module|SyntaxError: Unexpected token 'export'/

/** The reason why a failure may be this machine's alone. */
export function excuseFor(
  result: FailedLoad & LoadResult,
  { fn, interpreter, binaries, built, looked }: LoadFacts,
): string | undefined {
  const { kind, module, text, chain = [text], trusted = [] } = result
  const { layers = [], architecture, runtime } = fn
  if (kind === 'foreign' || isForeign(module, binaries)) return undefined
  if (kind === 'missing-module') {
    const inLayer = layers.length > 0 ? layerExcuse(module, fn, looked) : undefined
    if (inLayer) return inLayer
    if (module && isInRuntime(runtime, module)) return "since the runtime's AWS SDK isn't on this machine"
    if (module && mayBeInRuntime(runtime, module))
      return `since ${packageName(module)} is not in the package, and ${runtime} may not have it: install it, and add it to the package`
    if (interpreter.name.startsWith('Node') && !module?.startsWith('node:')) return undefined
    // A module that no version of Python has is missing on Lambda too.
    if (interpreter.name.startsWith('Python') && !result.isOfVersion && !isOfVersion(module ?? ''))
      return undefined
  }
  if (layers.length > 0 && foreignBinaries(binaries).length > 0)
    return `since a layer may have the binaries for ${architecture ?? 'x86_64'}`
  const lack = lackIn(chain)
  if (lack) return lackWords[lack]
  if (wrongModuleKind.test(text)) return undefined
  if (trusted.length > 0) return `since ${notHere(trusted)}`
  if (isAtTaskRoot(text, built.files)) return 'since on this machine the package is not in /var/task'
  // Libraries that are not loaded as modules.
  const isAway = !isLambdasMachine(architecture)
  if (isAway && binaries.some(({ problem, runsHere }) => problem === undefined && !runsHere))
    return 'since it has binaries for another machine'
  if (interpreter.isSameVersion) return undefined
  // A function of another version may need a feature that this version lacks; its own failures look the same.
  return kind === 'other' && !/SyntaxError|ImportError|AttributeError|ERR_UNKNOWN_BUILTIN/.test(text)
    ? undefined
    : `since this machine has ${interpreter.name}`
}

/** The reason why a layer may have a missing module; undefined if no layer has it. */
function layerExcuse(
  module: string | null | undefined,
  { runtime, handler }: LoadFacts['fn'],
  { names, unread }: LayerModules,
): string | undefined {
  if (!module) return 'since a layer may have the module that it imports'
  const name = runtime.startsWith('python') ? (module.split('.')[0] ?? '') : packageName(module)
  if (module.startsWith('/opt/')) return 'since the module that it imports is in a layer'
  // A layer never has the function's own files, except the file that the handler names.
  const isOwnFile = /^[./]/.test(module) && !handler.startsWith(module)
  if (isOwnFile) return undefined
  if (names.has(name)) return `since ${name} is in a layer, and not on this machine`
  return unread.length > 0 ? `since a layer that could not be read may have ${name}` : undefined
}

/** Tells whether a missing Python module exists for another machine or another Python. */
function isForeign(module: string | null | undefined, binaries: readonly Binary[]): boolean {
  const start = `${(module ?? '').replaceAll('.', '/')}.`
  const found = binaries.filter(({ path }) => path.startsWith(start) && path.endsWith('.so'))
  return found.length > 0 && found.every(({ problem }) => problem !== undefined)
}

/** Tells whether code did not find a file at its place on Lambda, although the package has it. */
function isAtTaskRoot(text: string, files: FunctionPackage['files']): boolean {
  const asked = Array.from(
    text.matchAll(/(?:ENOENT|Errno 2)\b.*?\/var\/task\/([^'"\n]+)/g),
    ([, path]) => path,
  )
  return asked.some((path) => files.some((file) => file.path === path || file.path.startsWith(`${path}/`)))
}

function isLambdasMachine(architecture: LoadingSource['architecture']): boolean {
  return ownTarget()?.architecture === (architecture ?? 'x86_64')
}

/** Says that the stand-ins for modules of a layer prove nothing. */
export function notHere(trusted: readonly Trusted[]): string {
  const names = trusted.map(({ name }) => name)
  return `its imports from a layer are not on this machine (${names.slice(0, 3).join(', ')})`
}
