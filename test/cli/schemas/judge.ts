import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultsOf, isKnown } from './validate.ts'

const manifest = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../oclif.manifest.json'), 'utf8'),
) as { commands: Record<string, unknown> }

/** A run of the program that has ended. */
interface Ended {
  /** Null if a signal ended it. */
  exitCode: number | null
  stdout: string
}

/**
 * Judges all that a run printed as JSON by the schemas of its command. Fields that a schema does not name are refused,
 * though it allows them to readers: nothing may be printed that is not described.
 *
 * @throws Error that says what is wrong with which event or document
 */
export function judge(args: readonly string[], { exitCode, stdout }: Ended): void {
  const isJson = args.includes('--json') || args.some((word) => /^(--output=)?ndjson$/.test(word))
  if (!isJson || stdout === '') return
  const id = idOf(args)
  if (isStream(id, args)) return judgeStream(id, args, stdout)
  // A process that was killed may have written a part.
  const document = exitCode === null ? parsedOrNone(stdout) : parsed(stdout)
  if (document !== undefined) judgeDocument(id, document)
}

function isStream(id: string, args: readonly string[]): boolean {
  if (!isKnown(`events/${id}.json`)) return false
  return !isKnown(`documents/${id}.json`) || args.includes('--watch') || args.includes('-w')
}

/** `canary.status` for `canary status hello`. */
function idOf(args: readonly string[]): string {
  const end = args.findIndex((word) => word.startsWith('-'))
  const words = args.slice(0, end)
  for (let count = words.length; count > 0; count -= 1) {
    const said = words.slice(0, count)
    if (said.join(':') in manifest.commands) return said.join('.')
  }
  return args[0]?.replace(/^(-v|--version)$/, 'version') ?? ''
}

function judgeStream(id: string, args: readonly string[], stdout: string): void {
  const chosenFields = args.some((word) => word.startsWith('--fields'))
  // The last line is a part of one if the process could not write it to its end.
  const lines = stdout.split('\n').slice(0, -1)
  for (const line of lines) {
    const event = parsed(line)
    if (chosenFields && !('event' in event)) continue
    demand(`events/${id}.json`, event)
  }
}

function judgeDocument(id: string, document: object): void {
  // A JSON Schema is judged by its own `$schema`.
  if ('$schema' in document) return
  demand('error' in document ? 'documents/error.json' : `documents/${id}.json`, document)
}

function demand(path: string, value: object): void {
  const faults = faultsOf(path, value)
  if (faults.length === 0) return
  throw new Error(
    [`Expected JSON as in schemas/${path}:`, ...faults, JSON.stringify(value).slice(0, 2000)].join('\n'),
  )
}

function parsed(text: string): object {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) throw new Error(`Expected an object as JSON, got ${text}.`)
  return value
}

function parsedOrNone(text: string): object | undefined {
  try {
    return parsed(text)
  } catch {
    return undefined
  }
}
