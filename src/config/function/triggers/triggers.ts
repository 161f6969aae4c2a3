import * as z from 'zod'
import type { WantedTrigger } from '../../../function/triggers/wanted.ts'
import { text } from '../../values/fields.ts'
import type { Position } from '../../values/position.ts'
import {
  kinesisShape,
  kinesisTrigger,
  queueShape,
  queueTrigger,
  tableShape,
  tableTrigger,
} from './mappings.ts'
import { permissionShape, permissionTrigger } from './permission.ts'

const shapes = {
  sqs: queueShape,
  kinesis: kinesisShape,
  dynamodb: tableShape,
  permission: permissionShape,
} as const

type Kind = keyof typeof shapes
type Fields<Of extends Kind> = z.output<z.ZodObject<(typeof shapes)[Of], z.core.$strict>>

/** Resolves the fields of each kind; the compiler asks for one for each shape. */
const resolvers: {
  readonly [Of in Kind]: (name: string, fields: Fields<Of>, at: Position) => WantedTrigger
} = {
  sqs: queueTrigger,
  kinesis: kinesisTrigger,
  dynamodb: tableTrigger,
  permission: permissionTrigger,
}

const kinds = Object.keys(shapes) as readonly Kind[]
const expected = `a trigger with its source: one of ${kinds.join(', ')}`

/** A trigger as the file writes it: its first field is its source. */
const triggerSchema = z.union(
  [
    z.strictObject(shapes.sqs),
    z.strictObject(shapes.kinesis),
    z.strictObject(shapes.dynamodb),
    z.strictObject(shapes.permission),
  ],
  expected,
)

/** `triggers` of a function as the file writes it. */
export const triggersSchema = z.record(
  text('a name that begins with a letter, of up to 64 letters, digits, - and _', /^[a-zA-Z][\w-]{0,63}$/),
  triggerSchema.nullable(),
)

/**
 * The triggers of a function with `${…}` replaced; a trigger that is null is not in this environment.
 *
 * @throws LambdactlError CONFIG_INVALID for a value that isn't set
 */
export function triggersOf(
  written: z.output<typeof triggersSchema> | undefined,
  at: Position,
): readonly WantedTrigger[] | undefined {
  if (written === undefined) return undefined
  return Object.entries(written).flatMap(([name, fields]) => {
    const kind = fields && kinds.find((each) => each in fields)
    // Each resolver gets the fields of its own kind only.
    const resolve = resolvers as object as Readonly<
      Record<Kind, (name: string, fields: object, at: Position) => WantedTrigger>
    >
    return fields && kind ? [resolve[kind](name, fields, at.below(name))] : []
  })
}
