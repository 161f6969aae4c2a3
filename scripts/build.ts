/** Writes dist: each command an entry point of its own, what several need in chunks beside them. */
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { asCommonJs } from './common-js.ts'
import { noticesOf } from './notices.ts'

const root = join(import.meta.dirname, '..')

/**
 * As an ES module, `node:http` computes all its names at once, and so loads Node's fetch and WebSocket, which takes longer than
 * all else that a command loads. Here it has those that are there anyway.
 */
const requireHttp: Plugin = {
  name: 'require-http',
  setup(building) {
    building.onResolve({ filter: /^(node:)?https?$/, namespace: 'file' }, ({ path }) => {
      return { path: `node:${path.replace('node:', '')}`, namespace: 'required' }
    })
    building.onLoad({ filter: /./, namespace: 'required' }, ({ path }) => {
      const properties = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule(path)))
      const names = properties.flatMap(([name, property]) => ('value' in property ? [name] : []))
      const lines = [
        `const all = require('${path}')`,
        'export default all',
        `export const { ${names.join()} } = all`,
      ]
      return { contents: lines.join('\n') }
    })
  },
}

/** All but the stand-in itself get it for the package. */
const plainWidth: Plugin = {
  name: 'plain-width',
  setup(building) {
    const standIn = join(import.meta.dirname, 'plain-width.cjs')
    building.onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      importer === standIn ? undefined : { path: standIn },
    )
  },
}

// A command that was deleted from the sources must not live on in dist.
rmSync(join(root, 'dist'), { recursive: true, force: true })
const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: [
    ...globSync('src/commands/**/*.ts', { cwd: root }),
    'src/cli/main.ts',
    'src/cli/help/help.ts',
    'src/cli/command-not-found.ts',
    'src/packaging/zip/deflate-worker.ts',
  ],
  outbase: 'src',
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  write: false,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.13',
  // Packages that have both forms: the ES modules leave out what nobody uses.
  mainFields: ['module', 'main'],
  minify: true,
  // A program of its own, for this machine; and what oclif and ink need only for development, which is off.
  external: ['esbuild', 'react-devtools-core', 'typescript'],
  // The library that runs state machines names it for browsers. Its tasks reach the sandbox's Lambda without a client.
  alias: {
    '@aws-sdk/credential-providers': join(root, 'scripts/no-identity-pool.cjs'),
    // dynalite keeps tables on disk by it, with a native part; the sandbox has them in memory.
    level: 'memory-level',
  },
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  legalComments: 'none',
  plugins: [requireHttp, plainWidth],
  metafile: true,
  logLevel: 'warning',
})

/** esbuild leaves other characters only in regular expressions; the loader reads a byte a character, which is quick. */
function inAscii(text: string): string {
  return text.replace(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const files = await asCommonJs(
  new Map(
    outputFiles.map(({ path, text }) => [relative(join(root, 'dist'), path).replaceAll('\\', '/'), text]),
  ),
)
for (const [name, text] of files) {
  const path = join(root, 'dist', name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, inAscii(text))
}
writeFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), noticesOf(root, Object.keys(metafile.inputs)))
