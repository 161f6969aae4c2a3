import * as z from 'zod'
import type { WantedTrigger } from '../../../function/triggers/wanted.ts'
import { text } from '../../values/fields.ts'
import type { Position } from '../../values/position.ts'
import { apiShape, apiTrigger } from './api.ts'
import { bucketShape, bucketTrigger } from './bucket.ts'
import {
  kinesisShape,
  kinesisTrigger,
  queueShape,
  queueTrigger,
  tableShape,
  tableTrigger,
} from './mappings.ts'
import { permissionShape, permissionTrigger } from './permission.ts'
import { eventShape, eventTrigger, scheduleShape, scheduleTrigger } from './rule.ts'
import { stateMachineShape, stateMachineTrigger } from './state-machine.ts'
import { topicShape, topicTrigger } from './topic.ts'

const schemas = {
  sqs: z.strictObject(queueShape),
  dynamodb: z.strictObject(tableShape),
  kinesis: z.strictObject(kinesisShape),
  s3: z.strictObject(bucketShape),
  sns: z.strictObject(topicShape),
  eventbridge: z.strictObject(eventShape),
  schedule: z.strictObject(scheduleShape),
  api: z.strictObject(apiShape),
  stepFunctions: z.strictObject(stateMachineShape),
  permission: z.strictObject(permissionShape),
} as const

type Kind = keyof typeof schemas

/** Resolves the fields of each kind; the compiler asks for one for each schema. */
const resolvers: {
  readonly [Of in Kind]: (name: string, fields: z.output<(typeof schemas)[Of]>, at: Position) => WantedTrigger
} = {
  sqs: queueTrigger,
  dynamodb: tableTrigger,
  kinesis: kinesisTrigger,
  s3: bucketTrigger,
  sns: topicTrigger,
  eventbridge: eventTrigger,
  schedule: scheduleTrigger,
  api: apiTrigger,
  stepFunctions: stateMachineTrigger,
  permission: permissionTrigger,
}

const kinds = Object.keys(schemas) as readonly Kind[]
const expected = `a trigger with its source: one of ${kinds.join(', ')}`

/** A trigger as the file writes it: its first field is its source. */
const triggerSchema = z.union(
  [
    schemas.sqs,
    schemas.dynamodb,
    schemas.kinesis,
    schemas.s3,
    schemas.sns,
    schemas.eventbridge,
    schemas.schedule,
    schemas.api,
    schemas.stepFunctions,
    schemas.permission,
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
