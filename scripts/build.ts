/** Writes dist: each command an entry point of its own, what several need in chunks beside them. */
import { globSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
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

/** The variables that CommonJS modules expect. */
const commonJs = `import { createRequire as toRequire } from 'node:module'
const require = toRequire(import.meta.url), { filename: __filename, dirname: __dirname } = import.meta`

// A command that was deleted from the sources must not live on in dist.
rmSync(join(root, 'dist'), { recursive: true, force: true })
const { metafile } = await build({
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
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  banner: { js: commonJs },
  legalComments: 'none',
  plugins: [requireHttp],
  metafile: true,
  logLevel: 'warning',
})
writeFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), noticesOf(root, Object.keys(metafile.inputs)))
