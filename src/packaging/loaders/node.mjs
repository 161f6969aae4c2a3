// Loads a Node handler as Lambda's runtime does, and writes the result to a file. Argument: a file with {package,
// layers, source, stubs, runtimeHas, module, exportPath, takesCallbacks, takesDefault, arch, binaries, patienceMs,
// result}.
import { subscribe } from 'node:diagnostics_channel'
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import os from 'node:os'
import { isAbsolute, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { allOf, chainOf } from './causes.mjs'

const task = JSON.parse(readFileSync(process.argv[2], 'utf8'))

/** Shows Lambda's machine to packages that choose among their binaries. */
function takeLambdasMachine() {
  if (process.platform === 'linux' && process.arch === task.arch && hasGlibc()) return
  for (const [name, value] of [
    ['platform', 'linux'],
    ['arch', task.arch],
  ]) {
    Object.defineProperty(process, name, { ...Object.getOwnPropertyDescriptor(process, name), value })
  }
  os.platform = () => 'linux'
  os.arch = () => task.arch
  nodeModule.syncBuiltinESMExports()
  const header = {
    glibcVersionRuntime: '2.34',
    glibcVersionCompiler: '2.34',
    platform: 'linux',
    arch: task.arch,
  }
  process.report.getReport = () => ({ header, sharedObjects: [] })
}

function hasGlibc() {
  process.report.excludeNetwork = true
  return process.report.getReport().header?.glibcVersionRuntime !== undefined
}

/** Binaries that were loaded: those that Lambda can't load, and those that only this machine can't. */
const refused = new Set()
const elsewhere = new Set()

/** Refuses a binary as Lambda would, even if this machine can load it. */
class Unloadable extends Error {
  code = 'ERR_DLOPEN_FAILED'
  constructor(message, { isRefused }) {
    super(message)
    this.isRefused = isRefused
  }
}

const packageRoot = realpathSync(task.package)
const { dlopen } = process
process.dlopen = (module, file, ...more) => {
  const path = relative(packageRoot, existsSync(file) ? realpathSync(file) : file)
  const { problem, runsHere = true } = task.binaries[path] ?? {}
  if (problem) {
    refused.add(path)
    throw new Unloadable(`${path}: cannot be loaded, since it is ${problem}`, { isRefused: true })
  }
  if (!runsHere) {
    elsewhere.add(path)
    throw new Unloadable(`${path}: is not for this machine`, { isRefused: false })
  }
  return dlopen.call(process, module, file, ...more)
}
takeLambdasMachine()

/** The mark and the global that Lambda gives to handlers that stream their answer. */
const streaming = Symbol.for('aws.lambda.runtime.handler.streaming')
globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(handler, { [streaming]: 'response' }),
  HttpResponseStream: { from: (stream) => stream },
}

/** Tells whether Lambda's runtime itself has the package of a module. */
const runtimeHas = new Set(task.runtimeHas)
const isFromRuntime = (specifier) => runtimeHas.has(/^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0])
const missing = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])

// Node has these hooks since 22.15; without them a missing SDK is reported as missing.
nodeModule.registerHooks?.({ resolve: resolveSdk })

/** Resolves the runtime's SDK: a copy near the function's folder, or else a stand-in. */
function resolveSdk(specifier, context, next) {
  // A second call changes the context.
  const { conditions, parentURL } = context
  try {
    return next(specifier, context)
  } catch (error) {
    if (!missing.has(error.code)) throw error
    if (!isFromRuntime(specifier)) {
      if (!isTrusted(specifier, parentURL)) throw error
      return standIn(specifier, conditions, parentURL)
    }
    try {
      return next(specifier, { ...context, parentURL: pathToFileURL(join(task.source, 'index.js')).href })
    } catch (again) {
      if (!missing.has(again.code)) throw again
      return standIn(specifier, conditions, parentURL)
    }
  }
}

/** Modules that the function's own code imports and only a layer can have. */
const trusted = new Map()

/** A dependency may import a package that it can do without, and waits for the error. */
function isTrusted(specifier, parentURL) {
  if (!task.layers || /^(?:[./#]|[a-z]+:)/.test(specifier) || !parentURL?.startsWith('file:')) return false
  const path = relative(packageRoot, fileURLToPath(parentURL))
  if (path.startsWith('..') || /(?:^|\/)node_modules\//.test(path)) return false
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0]
  if (!trusted.has(name)) trusted.set(name, { path, name })
  return true
}

let stubs = 0

/** A module that does nothing: every export can be called, constructed and read from. */
function standIn(specifier, conditions, parentURL) {
  const isRequired = conditions.includes('require')
  const names = isRequired ? [] : namesFrom(specifier, parentURL)
  const anything = `const anything = new Proxy(function () {}, {
    get: (target, key) => key === 'prototype' ? target.prototype : key === 'then' || typeof key === 'symbol' ? undefined : anything,
    apply: () => anything,
    construct: () => anything,
  })\n`
  const out = isRequired
    ? 'module.exports = anything\n'
    : `export default anything\nexport const { ${names.join(', ')} } = anything\n`
  const file = join(task.stubs, `stub-${(stubs += 1)}.${isRequired ? 'cjs' : 'mjs'}`)
  writeFileSync(file, `${anything}${out}`)
  return { url: pathToFileURL(file).href, format: isRequired ? 'commonjs' : 'module', shortCircuit: true }
}

/** The names that a module imports from another. */
function namesFrom(specifier, parentURL) {
  const code = readFileSync(fileURLToPath(parentURL), 'utf8')
  const quoted = `["']${specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["']`
  const lists = [
    ...code.matchAll(new RegExp(`(?:import|export)[^;"'()]*?\\{([^}]*)\\}\\s*from\\s*${quoted}`, 'g')),
  ]
  const listed = lists.flatMap(([, list]) => list.split(',').map((each) => each.trim().split(/\s+as\s+/)[0]))
  const spaces = [...code.matchAll(new RegExp(`import\\s*\\*\\s*as\\s+([\\w$]+)\\s+from\\s*${quoted}`, 'g'))]
  const used = spaces.flatMap(([, space]) =>
    [...code.matchAll(new RegExp(`\\b${space.replaceAll('$', '\\$')}\\.([\\w$]+)`, 'g'))].map(
      ([, name]) => name,
    ),
  )
  return [...new Set([...listed, ...used])].filter(
    (name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default',
  )
}

/**
 * Finds a file as the runtime does: first with a known ending, then by `require`: a file without an ending, a folder or
 * a dependency.
 */
function moduleOf({ module, package: root }) {
  if (isAbsolute(module) && existsSync(module)) return import(pathToFileURL(module).href)
  const require = nodeModule.createRequire(join(root, 'index.js'))
  const inPackage = join(root, module)
  return require(existsSync(inPackage) ? inPackage : module)
}

async function load() {
  const module = await moduleOf(task)
  const exported = exportedBy(module)
  let value = exported
  for (const name of task.exportPath) value = value?.[name]
  if (isClass(value)) return { outcome: 'uncallable', got: 'a class, which can only be constructed' }
  if (typeof value === 'function')
    return takesCallback(value) ? { outcome: 'callback' } : { outcome: 'loaded' }
  return {
    outcome: 'no-function',
    got: value === undefined ? nothingIn(exported) : `a value of type ${typeof value}`,
  }
}

/** Lambda also looks in a default export, for CommonJS and since Node 24. */
function exportedBy(module) {
  if (task.exportPath[0] in Object(module) || (isEsModule(module) && !task.takesDefault)) return module
  return module.default ?? module
}

/** Since version 23, Node marks such modules with a name that only CommonJS modules export. */
function isEsModule(module) {
  if (Object(module)[Symbol.toStringTag] !== 'Module' || 'module.exports' in module) return false
  return task.module.endsWith('.mjs') || Number.parseInt(process.versions.node, 10) >= 23
}

function isClass(value) {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value))
}

/** Lambda counts declared parameters only: not those with a default, and not a rest. */
function takesCallback(handler) {
  const { length } = handler
  // A stand-in has no number of parameters.
  return (
    !task.takesCallbacks && typeof length === 'number' && length >= 3 && handler[streaming] !== 'response'
  )
}

function nothingIn(exported) {
  if (task.exportPath[0] in Object(exported)) return 'nothing'
  const names = Object.keys(Object(exported)).filter(
    (name) => !/^(__esModule|default|module\.exports)$/.test(name),
  )
  return names.length > 0 ? `nothing beside ${names.slice(0, 10).join(', ')}` : 'nothing'
}

function failure(error) {
  const isError = error instanceof Error
  const code = isError ? error.code : undefined
  const kind = missing.has(code) ? 'missing-module' : isRefusal(error) ? 'foreign' : 'other'
  const text = isError ? (error.stack ?? error.message) : String(error)
  const module =
    kind === 'missing-module' ? /Cannot find (?:module|package) '([^']+)'/.exec(text)?.[1] : undefined
  return failed({ kind, module, text: shortened(text), chain: chainOf(error) })
}

function failed(how) {
  return { outcome: 'failed', ...how, refused: [...refused], elsewhere: [...elsewhere] }
}

/** Tells whether a binary that Lambda can't load is the reason of the failure, directly or as a cause. */
function isRefusal(error) {
  return allOf(error).find((each) => each instanceof Unloadable)?.isRefused ?? false
}

const isFrame = (line) => /^\s+at /.test(line)

/** Returns the message and the first place in the package, without frames of Node and this loader. */
function shortened(stack) {
  const lines = stack.split('\n')
  const place = lines.find((line) => isFrame(line) && line.includes(task.package))
  const said = lines.filter((line) => !isFrame(line) && line.trim() !== '').slice(0, 6)
  const [, at] = /((?:file:\/\/)?\/[^()]*:\d+:\d+)\)?$/.exec(place ?? '') ?? []
  return [...said, ...(at ? [`in ${at.replace('file://', '')}`] : [])].join('\n')
}

/** Node's exit code for a top-level await that nothing can settle any more. */
const unsettled = 13
process.on('exit', (code) => {
  if (code !== unsettled) return
  const text = 'a top-level await is never settled'
  writeFileSync(task.result, JSON.stringify(failed({ kind: 'other', text })))
})

/**
 * A module that still waits shortly before the limit may wait for a network that Lambda has, as an address in a VPC.
 */
const waiting = new Promise((resolve) => {
  subscribe('net.client.socket', () => {
    const text = `it still waits for the network after ${task.patienceMs / 1000} s`
    const result = failed({ kind: 'other', text, chain: ['ETIMEDOUT'] })
    setTimeout(resolve, task.patienceMs - performance.now(), result).unref()
  })
})

/** An uncaught error before the first event ends Lambda's process too. */
const uncaught = new Promise((resolve) => {
  process.on('uncaughtException', (error) => resolve(failure(error)))
})
const settled = load()
  .catch(failure)
  .then((result) => new Promise((resolve) => setImmediate(resolve, result)))
const result = await Promise.race([uncaught, settled, waiting])
writeFileSync(task.result, JSON.stringify({ ...result, trusted: [...trusted.values()] }))
// Timers and sockets of the module must not keep the process alive.
process.exit(0)
