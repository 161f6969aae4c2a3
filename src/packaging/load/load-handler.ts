import { symlinkSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join, posix } from 'node:path'
import pLimit from 'p-limit'
import { makeFolderSync } from '../../folders/make-folder.ts'
import { foreignBinaries, foreignNotes } from '../binaries/foreign.ts'
import { type Binary, surveyBinaries } from '../binaries/survey.ts'
import { temporaryFolder } from '../cache/folder-for-run.ts'
import { findInterpreter, type Interpreter } from '../handler/interpreter.ts'
import { lookForHandler } from '../handler/look-for-handler.ts'
import { ownModules } from '../handler/own-modules.ts'
import { interpreterNote } from '../handler/script-interpreter.ts'
import { type Handler, nodeHandler, pythonHandler } from '../model/handler.ts'
import { runtimePackages } from '../model/runtime-sdk.ts'
import type { FunctionPackage, LoadingSource, Tools } from '../model/types.ts'
import { endingWords, lastLines } from '../tools/run-tool.ts'
import { linkPlace } from '../unzip/link-place.ts'
import { zippedFiles } from '../unzip/ready-zip.ts'
import { failedPackageNext } from './failed-package.ts'
import { inFunctionPaths } from './function-paths.ts'
import { lackIn } from './lacks-here.ts'
import { layerModules, noLayers } from './layer-modules.ts'
import type { LoadResult } from './load-outcome.ts'
import { importsElsewhere, isSilent, judgeLoad, loaded, notLoaded } from './load-result.ts'
import { loadedBefore } from './loaded-before.ts'

/** The limit of Lambda's INIT phase. */
const timeoutMs = 10_000
/** After this time a loader reports by itself that a module still waits. */
const patienceMs = 9_000
/** The handlers of a large service would take each other's time if all were loaded together. */
const few = pLimit(Math.max(2, availableParallelism()))

/**
 * Loads a Node or Python handler from the package alone, in a process of its own, and checks that Lambda can call it.
 * The process has the function's own variables and those that Lambda sets, but no credentials and no variables of this
 * process. It can load the binaries that Lambda could load. A handler is not loaded again while package, variables and
 * interpreter stay the same.
 *
 * @returns notes for a person, one sentence each
 * @throws LambdactlError PACKAGE_INVALID with the end of the module's output if Lambda couldn't start it
 */
export async function loadHandler(
  given: LoadingSource,
  built: FunctionPackage,
  tools: Tools,
): Promise<string[]> {
  const fn = built.source === undefined ? given : { ...given, source: built.source }
  if (fn.runtime.startsWith('provided')) return programNotes(fn, built)
  if (!/^(nodejs|python)/.test(fn.runtime)) return []
  const interpreter = fn.load === false ? undefined : await findInterpreter(tools, fn)
  const binaries = await surveyBinaries(fn, built, interpreter?.isSameVersion ?? false)
  const known = foreignNotes(foreignBinaries(binaries), fn.architecture ?? 'x86_64')
  if (fn.load === false) return [...known, ...(await look(fn, built))]
  if (!interpreter) {
    await look(fn, built)
    return [...known, 'the handler was not loaded: this machine has no Python']
  }
  const { runtime, handler, environment, architecture, layers = [], versioned } = fn
  const machine = [process.platform, process.arch]
  const task = {
    runtime,
    handler,
    environment,
    architecture,
    layers,
    interpreter,
    machine,
    isManaged: Boolean(versioned?.capacityProvider),
    package: built.codeDigest,
  }
  const before = await loadedBefore(task, tools)
  const result = before.isKnown ? loaded : await few(() => load(fn, { built, interpreter, binaries }, tools))
  if (result.outcome === 'failed' || result.outcome === 'no-function') await look(fn, built)
  const looked = importsElsewhere(result) ? await layerModules(fn, tools) : noLayers
  const whole = result.outcome === 'failed' ? await failedPackageNext(fn, result, zippedReader(built)) : []
  const facts = { fn, interpreter, binaries, built, looked, whole }
  const notes = judgeLoad(result, facts)
  // A note has to appear in each run.
  if (result.outcome === 'loaded' && !before.isKnown && isSilent(result, looked)) await before.remember()
  return [...known, ...notes]
}

/** Returns the notes on a function that can't be loaded here. */
async function programNotes(fn: LoadingSource, built: FunctionPackage): Promise<string[]> {
  const { runtime, layers = [], architecture = 'x86_64' } = fn
  const foreign = foreignBinaries(await surveyBinaries(fn, built, true))
  const paths = built.files.map(({ path }) => path)
  const note = interpreterNote(await zippedReader(built)('bootstrap'), { runtime, layers, paths })
  return [...(note === undefined ? [] : [note]), ...foreignNotes(foreign, architecture)]
}

/** The package, the interpreter and the binaries for loading a handler. */
interface LoadingWith {
  built: FunctionPackage
  interpreter: Interpreter
  binaries: readonly Binary[]
}

/**
 * @returns notes on facts that can't be known
 * @throws LambdactlError PACKAGE_INVALID if the handler is certainly missing
 */
async function look(fn: LoadingSource, built: FunctionPackage): Promise<string[]> {
  const sighting = await lookForHandler(fn, { files: built.files, read: zippedReader(built) })
  if (sighting.seen === 'no') throw sighting.error
  return sighting.seen === 'unsure' ? [sighting.note] : []
}

/** Reads single files of a package. */
function zippedReader({ zip }: FunctionPackage): (path: string) => Promise<Buffer> {
  const zipped = zippedFiles(zip, 'the package')
  return async (path) =>
    (await (await zipped).find((file) => file.path === path)?.content()) ?? Buffer.alloc(0)
}

async function load(fn: LoadingSource, how: LoadingWith, tools: Tools): Promise<LoadResult> {
  await using folder = await temporaryFolder('load')
  await unpack(how.built.zip, join(folder.path, 'package'))
  return await loadIn(folder.path, fn, how, tools)
}

async function loadIn(
  folder: string,
  fn: LoadingSource,
  how: LoadingWith,
  { runCommand, signal }: Tools,
): Promise<LoadResult> {
  const file = join(folder, 'task.json')
  const result = join(folder, 'result.json')
  const task = taskOf(fn, how, join(folder, 'package'))
  await writeFile(file, JSON.stringify({ ...task, stubs: folder, patienceMs, result }))
  const ran = await runCommand({
    args: [...how.interpreter.args, file],
    directory: join(folder, 'package'),
    environment: environmentOf(fn, folder),
    isolated: true,
    timeoutMs,
    signal,
  })
  const places = { folder, loader: how.interpreter.args.at(-1) ?? '' }
  const hide = (text: string) => withoutValues(inFunctionPaths(text, places), fn.environment ?? {})
  const said = await readResult(result, hide)
  if (said) return said
  const text = lastLines(hide(ran.output), 6).join('\n')
  // A module that ends the process has printed the reason before.
  if (lackIn([ran.output])) return { outcome: 'failed', kind: 'other', text, refused: [], elsewhere: [] }
  throw notLoaded(fn.handler, `can't be loaded: its process ${endingWords(ran, timeoutMs)}`, text)
}

/** Undefined if the loader did not finish. */
async function readResult(path: string, hide: (text: string) => string): Promise<LoadResult | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const result = JSON.parse(text) as LoadResult
  return 'text' in result ? { ...result, text: hide(result.text) } : result
}

/** Returns the task for a loader. */
function taskOf(fn: LoadingSource, { built, binaries }: LoadingWith, root: string) {
  const { runtime, handler, source } = fn
  const unloadable = binaries.filter(({ problem, runsHere }) => problem !== undefined || !runsHere)
  const layers = (fn.layers ?? []).length > 0
  const task = {
    package: root,
    layers,
    binaries: Object.fromEntries(unloadable.map((one) => [one.path, one])),
  }
  if (runtime.startsWith('python')) {
    const { module, exportName } = pythonHandler(handler)
    const suffixes = extensionSuffixes(fn)
    const own = ownModules(fn, built)
    return { ...task, own, module: module.replaceAll('/', '.'), exportPath: [exportName], suffixes }
  }
  const parsed = nodeHandler(handler)
  const file = ['.js', '.mjs', '.cjs']
    .map((extension) => `${parsed.module}${extension}`)
    .find((name) => built.files.some(({ path }) => path === name))
  const from = source.endsWith('.zip') ? dirname(source) : source
  const module = file === undefined ? parsed.module : join(root, file)
  const arch = fn.architecture === 'arm64' ? 'arm64' : 'x64'
  const machine = { arch, takesCallbacks: takesCallbacks(fn), takesDefault: nodeVersion(fn) >= 24 }
  return {
    ...task,
    ...machine,
    runtimeHas: runtimePackages(fn.runtime),
    source: from,
    module,
    exportPath: exportPathOf(parsed),
  }
}

/** Node 24 has no callback handlers any more; managed instances never had them. */
function takesCallbacks(fn: LoadingSource): boolean {
  return nodeVersion(fn) < 24 && !fn.versioned?.capacityProvider
}

function nodeVersion({ runtime }: LoadingSource): number {
  return Number(/^nodejs(\d+)/.exec(runtime)?.[1])
}

/** The file endings of extension modules for Lambda's Python. */
function extensionSuffixes({ runtime, architecture }: LoadingSource): string[] {
  const tag = runtime.replace('python', '').replace('.', '')
  const machine = architecture === 'arm64' ? 'aarch64' : 'x86_64'
  return [`.cpython-${tag}-${machine}-linux-gnu.so`, '.abi3.so', '.so']
}

/** For `index.api.get` the runtime takes `get` of the export `api`. */
function exportPathOf({ text, exportName }: Handler): string[] {
  const names = text
    .slice(text.lastIndexOf('/') + 1)
    .split('.')
    .slice(1)
  return names.length > 0 ? names : [exportName]
}

/** Returns the variables that Lambda sets, as far as a module may read them, and a home folder without credentials. */
function environmentOf(
  { environment = {}, handler, runtime }: LoadingSource,
  folder: string,
): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    TMPDIR: folder,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: 'function',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/function',
    AWS_LAMBDA_LOG_STREAM_NAME: 'load',
    LAMBDA_TASK_ROOT: join(folder, 'package'),
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: handler,
    ...environment,
  }
}

/** Values of variables may be secrets, so their names replace them. */
function withoutValues(text: string, environment: Readonly<Record<string, string>>): string {
  const values = Object.entries(environment)
    .flatMap(([name, value]) => formsOf(value).map((form) => [name, form] as const))
    .filter(([, form]) => form.length >= 6)
    .toSorted(([, a], [, b]) => b.length - a.length)
  return values.reduce((left, [name, form]) => left.replaceAll(form, `\${${name}}`), text)
}

/** The forms in which a value may appear: as it is, in JSON, or line by line. */
function formsOf(value: string): string[] {
  return [value, JSON.stringify(value).slice(1, -1), ...value.split('\n').map((line) => line.trim())]
}

/** Synchronous calls take a third of the time. Links that leave the package are left out. */
async function unpack(zip: Buffer, folder: string): Promise<void> {
  const folders = new Set<string>()
  const links = new Map<string, string>()
  const fileAt = (path: string) => {
    const file = join(folder, path)
    if (!folders.has(dirname(file))) makeFolderSync(dirname(file))
    folders.add(dirname(file))
    return file
  }
  for (const { path, mode, isLink, content } of await zippedFiles(zip, 'the package')) {
    if (isLink) links.set(posix.normalize(path), (await content()).toString('utf8'))
    else writeFileSync(fileAt(path), await content(), { mode })
  }
  for (const [path, target] of links) {
    if (linkPlace(path, (at) => links.get(at)) !== undefined) tryLink(target, () => fileAt(path))
  }
}

/** A file of the zip under the same name, or below it, stays. */
function tryLink(target: string, at: () => string): void {
  try {
    symlinkSync(target, at())
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error
  }
}
