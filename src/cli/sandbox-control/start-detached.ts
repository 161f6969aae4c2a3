import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { parse } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { formatDuration } from '../../release/values/duration.ts'
import type { ReadySandbox } from '../../ui/results/sandbox-start.ts'
import type { ErrorReport } from '../exit/error-report.ts'
import { keyFolders, openKeyFolder } from '../sandbox-key/key-folder.ts'
import { startingLog } from '../sandbox-key/log-file.ts'
import { type DetachedMessage, detachedVariable } from './detached-message.ts'

/** Settings for a sandbox in the background. */
export interface DetachedOptions {
  port: number
  /** Absolute. */
  stateDirectory: string | undefined
  accessKey: string | undefined
  /** How much faster than real time its clock runs. */
  speed: number
  /** How long a day of S3's lifecycle rules is; undefined: 24 hours. */
  lifecycleDayMs: number | undefined
}

/**
 * Starts a sandbox that outlives this command and its terminal: in a session of its own, with its output in a private
 * file. Waits until it can be reached.
 *
 * @throws LambdactlError the sandbox's own error, and USAGE if this user has no private folder
 */
export async function startDetached(options: DetachedOptions): Promise<ReadySandbox> {
  const folder = openKeyFolder(process.env)
  if (folder === undefined) throw noFolder()
  const log = startingLog(folder)
  try {
    const child = spawnInto(log, options)
    const message = await answerOf(child, log)
    if ('error' in message) throw failed(message.error)
    if (message.ready.log !== undefined) renameSync(log, message.ready.log)
    return message.ready
  } catch (error) {
    rmSync(log, { force: true })
    throw error
  }
}

const startArguments = ['sandbox', 'start']

function spawnInto(log: string, { accessKey, ...options }: DetachedOptions): ChildProcess {
  rmSync(log, { force: true })
  const output = openSync(log, 'wx', 0o600)
  const [, program = ''] = process.argv
  try {
    return spawn(process.execPath, [...process.execArgv, program, ...startArguments, ...flagsOf(options)], {
      // The root folder: a person may want to remove or unmount any other.
      cwd: parse(process.cwd()).root,
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
      env: {
        ...process.env,
        [detachedVariable]: '1',
        // Other users may see a command's arguments.
        ...(accessKey === undefined ? {} : { LAMBDACTL_SANDBOX_ACCESS_KEY: accessKey }),
      },
    })
  } finally {
    closeSync(output)
  }
}

function flagsOf({
  port,
  stateDirectory,
  speed,
  lifecycleDayMs,
}: Omit<DetachedOptions, 'accessKey'>): string[] {
  const state = stateDirectory === undefined ? [] : ['--state', stateDirectory]
  const day = lifecycleDayMs === undefined ? [] : ['--lifecycle-day', formatDuration(lifecycleDayMs)]
  return ['--port', String(port), '--speed', String(speed), ...state, ...day]
}

/** If this command is interrupted meanwhile, the sandbox can't report that it is ready, and ends. */
async function answerOf(child: ChildProcess, log: string): Promise<DetachedMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<DetachedMessage>()
  child.once('message', (message) => resolve(message as DetachedMessage))
  child.once('error', reject)
  child.once('exit', (code, signal) => reject(endedSilently(signal ?? `exit code ${code}`, log)))
  const message = await promise
  if (child.connected) child.disconnect()
  child.unref()
  return message
}

function failed({ code, message, next }: ErrorReport): LambdactlError {
  return new LambdactlError(code, message, { next })
}

function endedSilently(how: string, log: string): LambdactlError {
  const said = readFileSync(log, 'utf8').trim().split('\n').slice(-3).join('; ')
  const because = said === '' ? '.' : `: ${said}`
  return new LambdactlError('BUG', `The sandbox ended before it could be reached (${how})${because}`, {
    next: ['Start it in the foreground to see why: lambdactl sandbox start'],
  })
}

function noFolder(): LambdactlError {
  const folders = keyFolders(process.env)
  const tried = folders.length === 0 ? 'there is no home folder' : `tried ${folders.join(' and ')}`
  return new LambdactlError(
    'USAGE',
    `A sandbox in the background needs a folder that only you can use, for its key and its log, and there is none: ${tried}.`,
    {
      next: [
        'Set XDG_STATE_HOME to a folder of yours, or make that folder private (`chmod 700`).',
        'Or start it in the foreground, in a terminal of its own: lambdactl sandbox start',
      ],
    },
  )
}
