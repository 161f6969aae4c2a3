/** Loads the modules of the built program, each with its compiled code if an earlier run has left it. */
import { compiledIn, nothingCompiled } from './compiled.js'

const { Script, constants } = process.getBuiltinModule('node:vm')
const { existsSync, readFileSync } = process.getBuiltinModule('node:fs')
const { dirname, join } = process.getBuiltinModule('node:path')
const { setFlagsFromString } = process.getBuiltinModule('node:v8')
const Module = process.getBuiltinModule('node:module')

/** Node's cache of CommonJS modules, by their files. */
const { cache: modules } = Module.createRequire(import.meta.url)

/**
 * The program's main function; undefined if it was never built.
 *
 * @param cache the folder for compiled code; undefined: none is kept
 */
export function loadProgram(cache) {
  const root = dirname(import.meta.dirname)
  const main = join(root, 'dist', 'cli', 'main.cjs')
  if (!existsSync(main)) return undefined
  // A start makes 30 MB of objects that stay: V8 would look through them eight times while its space for new ones doubles.
  setFlagsFromString('--semi-space-growth-factor=32')
  withoutWarningOfImports()
  const compiled = cache === undefined ? nothingCompiled : compiledIn(cache, root)
  return loaderOf(join(root, 'dist'), compiled)(main).main
}

/**
 * A `require` for the modules below a folder. Node finds the same modules in its own cache, for the few that it loads
 * itself.
 *
 * @param compiled the compiled code of earlier runs, and what is to be kept of this one
 */
function loaderOf(folder, compiled) {
  const load = (file) => {
    const known = modules[file]
    if (known) return known.exports
    const module = new Module(file)
    module.filename = file
    modules[file] = module
    try {
      run(module)
    } catch (error) {
      delete modules[file]
      throw error
    }
    module.loaded = true
    return module.exports
  }
  const run = (module) => {
    const { filename, exports } = module
    const source = readFileSync(filename, 'latin1')
    const script = new Script(wrapped(source), {
      filename,
      cachedData: compiled.of(filename, source),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    })
    compiled.keep(filename, source, script)
    script
      .runInThisContext()
      .call(exports, exports, requireFor(filename), module, filename, dirname(filename))
  }
  const requireFor = (filename) => {
    const place = dirname(filename)
    let own
    const nodes = () => (own ??= Module.createRequire(filename))
    const require = (name) => {
      if (name.startsWith('.')) return load(join(place, name))
      if (name.startsWith(folder) && name.endsWith('.cjs')) return load(name)
      return process.getBuiltinModule(name) ?? nodes()(name)
    }
    require.resolve = (name) => nodes().resolve(name)
    return require
  }
  return load
}

/** The first `import()` in a script with an option of node:vm would warn the user of that option. */
function withoutWarningOfImports() {
  const warn = process.emitWarning.bind(process)
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER')) warn(warning, ...rest)
  }
}

/** As Node wraps a CommonJS module. */
export function wrapped(source) {
  return `(function (exports, require, module, __filename, __dirname) {${source}\n})`
}
