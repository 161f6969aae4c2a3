#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const build = fileURLToPath(new URL('../scripts/build.ts', import.meta.url))
const { status } = spawnSync(process.execPath, [build], { stdio: ['ignore', 2, 2] })

if (status === 0) await import('./run.js')
else process.exitCode = 1
