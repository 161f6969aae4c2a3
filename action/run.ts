// The step of the action: makes lambdactl available and runs it as the inputs say.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { commandLine, inputNames } from './command-line.ts'

/** The inputs that are not empty, from the variables that action.yml sets. */
const inputs = Object.fromEntries(
  inputNames.flatMap((name) => {
    const value = process.env[`INPUT_${name.toUpperCase().replaceAll('-', '_')}`]?.trim()
    return value ? [[name, value]] : []
  }),
)

try {
  const { args, mayWait } = commandLine(inputs)
  const child = spawn(process.execPath, [program(inputs['version']), ...args], { stdio: 'inherit' })
  // A cancelled job: lambdactl decides about the release, and this process waits for that.
  // The runner soon sends a second signal, which would end lambdactl in the middle of that.
  let isTold = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!isTold) child.kill(signal)
      isTold = true
    })
  }
  child.on('exit', (code) => {
    process.exitCode = code === 8 && mayWait ? 0 : (code ?? 130)
  })
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  // The runner reads a command to the end of its line.
  process.stderr.write(`::error title=lambdactl::${message.replaceAll(/[\r\n%]+/g, ' ')}\n`)
  process.exitCode = 2
}

/** Returns the path of the program: the project's own, or the one of the version, installed for this job. */
function program(version: string | undefined): string {
  const own = createRequire(join(process.cwd(), 'package.json'))
  if (version === undefined) {
    try {
      return join(dirname(own.resolve('lambdactl/package.json')), 'bin', 'run.js')
    } catch {
      // The project has none.
    }
  }
  const prefix = join(process.env['RUNNER_TEMP'] ?? '.', 'lambdactl')
  const wanted = version ?? ownVersion()
  if (!/^[\w.+-]+$/.test(wanted))
    throw new Error(`version: expected a version from npm, as in 1.2.3, got ${wanted}.`)
  const args = [
    'install',
    '--prefix',
    prefix,
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    `lambdactl@${wanted}`,
  ]
  // npm is a script on Windows, which only a shell starts; no argument has a character that means something there.
  const { status } = spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) throw new Error(`lambdactl ${wanted} could not be installed from npm.`)
  return join(prefix, 'node_modules', 'lambdactl', 'bin', 'run.js')
}

/** The version of lambdactl that the action came with. */
function ownVersion(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(file) as { version: string }).version
}
