import type { LogEvent } from '../model/event.ts'
import type { Line } from '../model/line.ts'
import { jsonLine, type Said } from './json-line.ts'
import { type PlatformLine, platformOfJson, platformOfText } from './platform-line.ts'
import { requestIds } from './request-ids.ts'
import { type Writer, writerOf } from './stream-name.ts'
import { parsedObject, textLine } from './text-line.ts'

/** Reads log events as lines: their text, their level, and their request. Events come in order, and late ones too. */
export type LineReader = (event: LogEvent) => Line

/** So many streams are kept in mind, as a name is read by a pattern that takes time. */
const mostWriters = 5000

/**
 * @param nameOf the name under which a function is shown, of an event's group and of the function that its stream names
 */
export function lineReader(nameOf: (group: string, lambdaName: string | undefined) => string): LineReader {
  const ids = requestIds()
  const writers = new Map<string, Writer>()
  const writerIn = (stream: string) => {
    const known = writers.get(stream)
    if (known) return known
    if (writers.size >= mostWriters) writers.clear()
    const writer = writerOf(stream)
    writers.set(stream, writer)
    return writer
  }
  return (event) => {
    const { stream, timestamp, message, group } = event
    const { function: lambdaName, version } = writerIn(stream)
    const said = saidBy(message)
    if (said.requestId !== undefined) ids.began(stream, said.requestId, timestamp)
    const line: Line = {
      event,
      function: nameOf(group, lambdaName),
      version,
      requestId: said.requestId ?? ids.at(stream, timestamp),
      ...told(said),
    }
    if ('platform' in said && said.platform.kind === 'report') ids.ended(stream, timestamp)
    return line
  }
}

type Told = Pick<Line, 'level' | 'text' | 'thrown' | 'fields' | 'stack' | 'platform'>

function told(said: Said | PlatformLine): Told {
  if ('platform' in said) {
    const level = said.platform.kind === 'fault' ? 'error' : undefined
    return { level, text: said.text, fields: {}, platform: said.platform }
  }
  const { requestId: _, ...rest } = said
  return rest
}

function saidBy(message: string): Said | PlatformLine {
  if (!message.startsWith('{')) return platformOfText(message) ?? textLine(message)
  const json = parsedObject(message)
  return json ? (platformOfJson(json) ?? jsonLine(json)) : textLine(message)
}
