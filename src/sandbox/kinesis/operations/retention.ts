import type { IncreaseStreamRetentionPeriodInput } from '@aws-sdk/client-kinesis'
import { accepting } from '../../protocol/accepting.ts'
import type { Operation, Operations } from '../../protocol/service.ts'
import { invalidArgument } from '../storage/errors.ts'
import type { KinesisStore } from '../storage/store.ts'
import { naming, requestedStream } from './requested-stream.ts'

/** The bounds of the time for which records are kept, hours. */
const least = 24
const most = 8760

type Request = IncreaseStreamRetentionPeriodInput

export function retentionOperations(store: KinesisStore): Operations {
  return {
    IncreaseStreamRetentionPeriod: changing(store, 'Increase'),
    DecreaseStreamRetentionPeriod: changing(store, 'Decrease'),
  }
}

function changing(store: KinesisStore, way: 'Increase' | 'Decrease'): Operation<Request, object> {
  return accepting<Request>([...naming, 'RetentionPeriodHours'], (input, call) => {
    const opened = requestedStream(store, call, input)
    const { name, retentionHours: before } = opened.stream
    const { RetentionPeriodHours: hours = 0 } = input
    checkBounds(hours)
    if (way === 'Increase' ? hours < before : hours > before) {
      const [relation, other] = way === 'Increase' ? ['shorter', 'Decrease'] : ['longer', 'Increase']
      throw invalidArgument(
        `Requested retention period (${hours} hours) for stream ${name} can not be ${relation} than existing retention period (${before} hours). Use ${other}RetentionPeriod API.`,
      )
    }
    store.change(opened, { retentionHours: hours })
    return {}
  })
}

/** @throws ServiceError 400 */
function checkBounds(hours: number): void {
  const [bound, limit, relation] = hours < least ? ['Minimum', least, 'short'] : ['Maximum', most, 'long']
  if (hours >= least && hours <= most) return
  throw invalidArgument(
    `${bound} allowed retention period is ${limit} hours. Requested retention period (${hours} hours) is too ${relation}.`,
  )
}
