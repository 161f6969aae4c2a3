import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { SmokeEvent } from '../../release/values/smoke.ts'
import { text } from '../values/fields.ts'
import { requireOwnPath } from '../values/own-path.ts'
import type { Position } from '../values/position.ts'

const status = 'a status from 100 to 599'

const expectSchema = z
  .strictObject({
    status: z
      .int(status)
      .min(100, status)
      .max(599, status)
      .optional()
      .describe("The answer's statusCode, in the shape of API Gateway and function URLs."),
    payload: z
      .unknown()
      .refine((value) => value === undefined || isJson(value), 'a JSON value')
      .optional()
      .describe(
        "JSON that the answer contains: maps need these keys at least, lists and all other values must be equal. If body is a map or a list here, the answer's body is parsed as JSON.",
      ),
  })
  .refine((expected) => Object.keys(expected).length > 0, {
    error: 'a status or a payload',
    when: ({ issues }) => issues.length === 0,
  })

const eventSchema = z.strictObject({
  event: z
    .unknown()
    .refine(isJson, 'a file of JSON or the event itself')
    .describe('A JSON file beside lambdactl.yaml, or the event itself. ${…} is not replaced.'),
  expect: expectSchema
    .optional()
    .describe('The expected answer of the candidate. Default: any answer except an error.'),
  name: text('a name on one line', /^.+$/)
    .optional()
    .describe("Its name in preflight. Default: the file's name, or its number."),
})

/** `release.smoke` as the file writes it. */
export const smokeSchema = z.union([eventSchema, z.array(eventSchema)], 'a map or a list of maps')

type WrittenEvent = z.output<typeof eventSchema>

/**
 * The smoke events with their payloads and names.
 *
 * @throws LambdactlError CONFIG_INVALID with the field's place, for a file that is missing or isn't JSON
 */
export function smokeEvents(written: z.output<typeof smokeSchema>, at: Position): SmokeEvent[] {
  if (!Array.isArray(written)) return [smokeEvent(written, undefined, at)]
  return written.map((event, index) => smokeEvent(event, String(index + 1), at.below(index)))
}

function smokeEvent(
  { event, expect, name }: WrittenEvent,
  number: string | undefined,
  at: Position,
): SmokeEvent {
  const file = typeof event === 'string' ? basename(event) : undefined
  return { name: name ?? file ?? number, payload: smokePayload(event, at), expect }
}

/** A text names a JSON file; any other value is the event itself. */
function smokePayload(event: unknown, at: Position): unknown {
  if (typeof event !== 'string') return event
  const path = resolve(at.directory, event)
  const place = at.place('event')
  requireOwnPath(path, at.directory, place)
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const reason =
      cause instanceof SyntaxError ? cause.message : 'there is no such file, or it is not readable'
    throw new LambdactlError('CONFIG_INVALID', `${place}: expected a file of JSON at ${path}: ${reason}.`, {
      cause,
    })
  }
}

/** Tells whether a YAML value can be written as JSON: it is present, and no alias contains itself. */
function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined
  } catch {
    return false
  }
}
