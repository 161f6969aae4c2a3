import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const at = (...path: string[]) => join(root, ...path)

// A command that was deleted from the sources must not live on in dist.
rmSync(at('dist'), { recursive: true, force: true })
const tsc = [at('node_modules/typescript/bin/tsc'), '-p', at('tsconfig.build.json')]
const { status } = spawnSync(process.execPath, tsc, { stdio: 'inherit' })
if (status !== 0) process.exit(1)

// Programs that other processes run.
for (const folder of ['sandbox/execution/bootstraps', 'packaging/loaders']) {
  cpSync(at('src', folder), at('dist', folder), { recursive: true })
}
