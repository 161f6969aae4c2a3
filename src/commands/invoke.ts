import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import * as Flags from '@oclif/core/flags'
import { DevCommand, type WatchedPayload } from '../cli/dev-command.ts'
import { targetOf } from '../cli/environment-command.ts'
import { oneFunction } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { LambdactlError } from '../errors/error.ts'
import { plain } from '../ui/text/plain.ts'
import { type InvocationResult, invokeFunction } from '../workflows/invoke.ts'

export default class Invoke extends DevCommand {
  static override summary = 'Invoke a function; show its answer, its version and the end of its log.'
  static override description =
    'Goes through the alias, like traffic, or to one version. Exits 6 if the function fails. With --watch it works as dev does, for one function: at each change of its source or of the payload file it invokes again, and shows the differences between the answers.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hello --env sandbox --payload \'{"name": "Ada"}\'',
    '<%= config.bin %> <%= command.id %> checkout --env sandbox --payload event.json',
    'echo \'{"name": "Ada"}\' | <%= config.bin %> <%= command.id %> hello --env sandbox --payload -',
    '<%= config.bin %> <%= command.id %> hello --env sandbox --payload event.json --watch',
  ]
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    version: Flags.integer({ description: 'a version; default: the alias', min: 1, helpValue: 'N' }),
    payload: Flags.string({
      description: 'JSON such as \'{"id": 5}\', a JSON file, or - for standard input; default: {}',
      helpValue: 'JSON|FILE|-',
    }),
    watch: Flags.boolean({
      description: 'deploy to the sandbox and invoke again at each change, until interrupted',
      exclusive: ['version'],
    }),
  }

  protected override readonly streamsJson = this.argv.includes('--watch')

  async run(): Promise<InvocationResult | undefined> {
    const { args, flags } = await this.parse(Invoke)
    if (flags.watch) {
      const payload = watchedPayload(flags.payload)
      // A payload that can't be read is told before anything starts.
      await payload.read()
      await this.developUntilInterrupted(flags, [args.function], payload)
      return undefined
    }
    const { environment, fn } = await this.locateOne(flags, args.function)
    const run = await this.quickRun(environment, flags)
    const payload = await readPayload(flags.payload)
    const result = await invokeFunction(run, targetOf(environment, fn), flags.version?.toString(), payload)
    this.tell(plain(result.logTail.trimEnd()))
    this.tell(`version ${result.version} ran`)
    this.showAsIs(plain(result.payload))
    if (result.functionError) throw functionFailed(args.function, result)
    return result
  }
}

/** A file is read again each time; standard input can be read only once. */
function watchedPayload(source: string | undefined): WatchedPayload {
  if (source !== undefined && source !== '-' && !isJson(source)) {
    return { file: resolve(source), read: () => readPayload(source) }
  }
  let payload: Promise<Uint8Array> | undefined
  const read = () => {
    payload ??= readPayload(source)
    return payload
  }
  return { file: undefined, read }
}

function isJson(source: string): boolean {
  return /^\s*[[{"]/.test(source)
}

async function readPayload(source: string | undefined): Promise<Uint8Array> {
  if (source === undefined) return Buffer.from('{}')
  if (source === '-') return buffer(process.stdin)
  if (isJson(source)) return jsonText(source)
  try {
    return await readFile(source)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const why =
      code === 'ENOENT' ? `there is no file ${source}` : `the file ${source} can't be read: ${message}`
    throw new LambdactlError('USAGE', `Could not take --payload: ${why}.`, {
      next: [`Name a file that exists, or give the JSON itself: --payload '{"id": 5}'`],
      cause,
    })
  }
}

/** @throws LambdactlError USAGE with the parser's message, which names the place */
function jsonText(text: string): Uint8Array {
  try {
    JSON.parse(text)
    return Buffer.from(text)
  } catch (cause) {
    throw new LambdactlError('USAGE', `Expected JSON for --payload: ${(cause as Error).message}.`, {
      next: [`Give JSON such as --payload '{"id": 5}', or a JSON file.`],
      cause,
    })
  }
}

function functionFailed(name: string, { functionError, version, payload }: InvocationResult): LambdactlError {
  return new LambdactlError(
    'INVOCATION_FAILED',
    `${name} failed on version ${version} (${functionError}): ${payload}`,
    {
      next: ['The end of its log is above.'],
    },
  )
}
