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
  await settleUser()
  await cacheCompiledCode()
  keepWorking()

  const program = new URL('../dist/cli/main.js', import.meta.url)
  const { main } = await import(program).catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || error.url !== program.href) throw error
    console.error('lambdactl is not built yet: run `npm install`, then `npm run build`, in its folder.')
    process.exit(2)
  })
  await main(import.meta.url)
}

/**
 * Where the system does not know the user, as in a container, looking up home or shell fails: then `/` and `/bin/sh` are used.
 */
async function settleUser() {
  const [{ homedir, userInfo }, { isAbsolute }] = await Promise.all([import('node:os'), import('node:path')])
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

/** Node's default is a folder in the shared temp directory; code that will hold credentials comes from the user's own. */
async function cacheCompiledCode() {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return
  const [{ enableCompileCache }, { homedir }, { isAbsolute, join }] = await Promise.all([
    import('node:module'),
    import('node:os'),
    import('node:path'),
  ])
  const named = process.env.XDG_CACHE_HOME || ''
  const caches = isAbsolute(named) ? named : join(homedir(), '.cache')
  const folder = process.env.NODE_COMPILE_CACHE || join(caches, 'lambdactl', 'compiled')
  if (await canBeMade(folder)) enableCompileCache(folder)
}

/** Makes a folder step by step: where the system makes none, as in /proc, Node's own recursion never ends. */
async function canBeMade(folder) {
  const [{ mkdirSync, statSync }, { dirname }] = await Promise.all([import('node:fs'), import('node:path')])
  const isThere = (place) => succeeds(() => statSync(place).isDirectory())
  const make = (place) => {
    if (isThere(place)) return
    if (dirname(place) !== place) make(dirname(place))
    mkdirSync(place, { mode: 0o700 })
  }
  succeeds(() => make(folder))
  return isThere(folder)
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
