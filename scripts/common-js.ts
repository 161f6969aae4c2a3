import { transform } from 'esbuild'

/** A file of the bundle: its name, relative to the bundle, and its text. */
export type Files = ReadonlyMap<string, string>

/** The forms of `import.meta` that the program uses, of which CommonJS has none. */
const meta = {
  'import.meta.url': 'importMeta.url',
  'import.meta.resolve': 'importMeta.resolve',
  'import.meta.dirname': '__dirname',
  'import.meta.filename': '__filename',
}

const metaText = `const importMeta = {
  get url() { return require('node:url').pathToFileURL(__filename).href },
  resolve(name) { return require('node:url').pathToFileURL(require.resolve(name)).href },
};`

/** Variables of CommonJS for the modules that wait while they load, and so stay ES modules. */
const requireText = `import { createRequire as toRequire } from 'node:module'
const require = toRequire(import.meta.url), { filename: __filename, dirname: __dirname } = import.meta
`

/**
 * The files as CommonJS modules, whose compiled code can be kept after they ran; ES modules' can't. What waits at its top
 * level, and what imports that, stays as it is and is named `.mjs`.
 *
 * @param files ES modules named `.cjs`, which import each other by relative names
 */
export async function asCommonJs(files: Files): Promise<Map<string, string>> {
  const converted = new Map<string, string>()
  const waiting = new Set<string>()
  for (const [name, text] of files) {
    const commonJs = await convert(text)
    if (commonJs === undefined) waiting.add(name)
    else converted.set(name, commonJs)
  }
  addImporters(waiting, files)
  for (const name of waiting) converted.delete(name)
  return new Map([
    ...Array.from(converted, ([name, text]): [string, string] => [
      name,
      renamed(required(text, waiting), waiting),
    ]),
    ...(await Promise.all(
      Array.from(waiting, async (name): Promise<[string, string]> => {
        const text = await withLiveNames(files.get(name) ?? '', waiting)
        return [renamed(name, waiting), `${requireText}${renamed(text, waiting)}`]
      }),
    )),
  ])
}

/** Undefined for a module that waits at its top level. */
async function convert(text: string): Promise<string | undefined> {
  const settings = { format: 'cjs', platform: 'node', target: 'node22.13', minify: true } as const
  const banner = text.includes('import.meta') ? metaText : ''
  return transform(text, { ...settings, define: meta, banner, logLevel: 'silent' }).then(
    ({ code }) => code,
    (error: { errors?: { text: string }[] }) => {
      if (error.errors?.every((each) => each.text.startsWith('Top-level await'))) return undefined
      throw error
    },
  )
}

/**
 * An ES module copies the names of a CommonJS module when it is loaded, and so misses what that module sets later. So it
 * takes the module as a whole, and looks up each name when it is used.
 */
async function withLiveNames(text: string, waiting: ReadonlySet<string>): Promise<string> {
  const define: Record<string, string> = {}
  const others = new Set(Array.from(waiting, baseOf))
  let count = 0
  const source = text.replaceAll(
    /import\{([^}]*)\}from("\.[^"]*\/([^"/]+)")/g,
    (whole, names: string, path: string, base: string) => {
      if (others.has(base)) return whole
      const module = `commonJs${(count += 1)}`
      for (const pair of names.split(',')) {
        const [name = '', local = name] = pair.trim().split(' as ')
        define[local] = `${module}.${name}`
      }
      return `import ${module} from${path}`
    },
  )
  const settings = { format: 'esm', platform: 'node', target: 'node22.13', minify: true } as const
  return (await transform(source, { ...settings, define })).code
}

/** Adds all that imports one of them, however far away, before it runs. */
function addImporters(names: Set<string>, files: Files): void {
  for (let before = -1; before !== names.size; ) {
    before = names.size
    for (const [name, text] of files) {
      const imported = Array.from(text.matchAll(/(?:from|import)"\.[^"]*\/([^"/]+)"/g), ([, base]) => base)
      if (Array.from(names).some((each) => imported.includes(baseOf(each)))) names.add(name)
    }
  }
}

/** A CommonJS module is loaded by `require` later too; `import` would find it by a longer way. */
function required(text: string, waiting: ReadonlySet<string>): string {
  const others = new Set(Array.from(waiting, baseOf))
  return text.replaceAll(/\bimport\(("\.[^"]*\/([^"/]+)")\)/g, (whole, path: string, base: string) =>
    others.has(base) ? whole : `Promise.resolve().then(()=>require(${path}))`,
  )
}

function renamed(text: string, names: ReadonlySet<string>): string {
  return Array.from(names).reduce((known, name) => {
    const base = baseOf(name)
    return known.replaceAll(base, base.replace(/\.cjs$/, '.mjs'))
  }, text)
}

function baseOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
