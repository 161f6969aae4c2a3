// Runs esbuild with the plugins of a project in a process of its own, since plugins are the project's code. Argument: a
// file with {options, plugins, result}; the result is {built}, {failure} or {wrong}.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const { options, plugins: paths, result } = JSON.parse(readFileSync(process.argv[2], 'utf8'))

/** An error that names the file of a plugin. */
class Wrong extends Error {}

const isPlugin = (each) => typeof each?.name === 'string' && typeof each.setup === 'function'

async function pluginsOf(path) {
  if (!existsSync(path)) throw new Wrong(`${path}: expected an ES module, got none`)
  const module = await import(pathToFileURL(path).href).catch((error) => {
    throw new Wrong(`${path}: ${error?.message ?? error}`)
  })
  let value = module.default
  try {
    if (typeof value === 'function') value = await value()
  } catch (error) {
    throw new Wrong(`${path}: ${error?.message ?? error}`)
  }
  const plugins = [value].flat(Number.POSITIVE_INFINITY)
  if (plugins.every(isPlugin)) return plugins
  throw new Wrong(
    `${path}: expected an esbuild plugin as its default export ({ name, setup }), a list of them or a function that returns either, got ${wordFor(value)}`,
  )
}

function wordFor(value) {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list with something else'
  return typeof value === 'object' ? 'an object without name or setup' : `a ${typeof value}`
}

async function run() {
  const plugins = (await Promise.all(paths.map(pluginsOf))).flat()
  const { outputFiles, metafile, warnings } = await build({ ...options, plugins })
  const files = outputFiles.map(({ path, contents }) => {
    return { path, contents: Buffer.from(contents).toString('base64') }
  })
  return { built: { outputFiles: files, metafile, warnings: warnings.map(plain) } }
}

/** A message without the value that a plugin threw, which JSON may not hold. */
function plain({ text, location, notes, pluginName, id }) {
  return { text, location, notes, pluginName, id }
}

const outcome = await run().catch((error) => {
  if (error instanceof Wrong) return { wrong: error.message }
  if (Array.isArray(error?.errors)) return { failure: { errors: error.errors.map(plain) } }
  throw error
})
writeFileSync(result, JSON.stringify(outcome))
// Open handles of plugins must not keep the process alive.
process.exit(0)
