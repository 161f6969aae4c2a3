#!/usr/bin/env node
// Old Nodes must still parse this file, to say that they are too old: no static import, no top-level await, no `?.` or `??`.
const version = process.versions.node
const [major, minor] = version.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 13)) void start()
else refuse()

function refuse() {
  console.error(
    'lambdactl needs Node 22.13 or newer, and this is Node ' +
      `${version}: install Node 24 LTS from https://nodejs.org, or run \`npx --package=node@24 -- node ${process.argv[1]}\`.`,
  )
  process.exitCode = 2
}

async function start() {
  // Node would let FORCE_COLOR win, and warn of that in the middle of what we write.
  if (process.env.NO_COLOR) delete process.env.FORCE_COLOR
  const { answerAtOnce } = await import('./ready.js')
  if (answerAtOnce(process.argv.slice(2), keepWorking)) return
  settleUser()
  keepWorking()
  const { loadProgram } = await import('./load.js')
  const main = loadProgram(compiledFolder())
  if (main) return main(import.meta.url)
  console.error('lambdactl is not built yet: run `npm install`, then `npm run build`, in its folder.')
  process.exitCode = 2
}

/**
 * Where the system does not know the user, as in a container, looking up home or shell fails: then `/` and `/bin/sh` are used.
 */
function settleUser() {
  const { homedir, userInfo } = process.getBuiltinModule('node:os')
  const { isAbsolute } = process.getBuiltinModule('node:path')
  for (const home of [process.env.HOME, undefined, '/']) {
    if (home === undefined) delete process.env.HOME
    else process.env.HOME = home
    if (succeeds(() => isAbsolute(homedir()))) break
  }
  if (!process.env.SHELL && !succeeds(() => userInfo().uid >= -1)) process.env.SHELL = '/bin/sh'
}

function succeeds(look) {
  try {
    return look()
  } catch {
    return false
  }
}

/** The folder for compiled code, by the variables that Node knows too; undefined where nothing is to be kept. */
function compiledFolder() {
  const { env } = process
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined
  if (env.NODE_COMPILE_CACHE) return env.NODE_COMPILE_CACHE
  const { isAbsolute, join } = process.getBuiltinModule('node:path')
  const named = env.XDG_CACHE_HOME || ''
  const caches = isAbsolute(named) ? named : join(process.getBuiltinModule('node:os').homedir(), '.cache')
  return join(caches, 'lambdactl', 'compiled')
}

/**
 * A reader that left (`2>&1 | head`) or a full disk must not end a release half way. Lost output is told once, and is no
 * success. A log tail watches stdout itself.
 */
function keepWorking() {
  let isLost = false
  const onError = (error) => {
    if (error.code === 'EPIPE' || isLost) return
    isLost = true
    process.stderr.write(`warning: output is lost: ${error.message}\n`)
  }
  process.stdout.on('error', onError)
  process.stderr.on('error', onError)
  process.on('exit', (code) => {
    if (isLost && code === 0) process.exitCode = 2
  })
}
