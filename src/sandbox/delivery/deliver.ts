import { notImplemented } from '../protocol/accepting.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { Delivery, Target } from './parcel.ts'

/**
 * Delivery to the kinds of targets that there are.
 *
 * @param targets by the service in an ARN, such as `sqs` in `arn:aws:sqs:…`
 */
export function createDelivery(targets: Readonly<Record<string, Target>>): Delivery {
  const kinds = new Map(Object.entries(targets))
  return {
    async deliver(arn, parcel, from) {
      const target = kinds.get(serviceOf(arn))
      if (!target) return notImplemented(`delivery to ${arn}`)
      try {
        await target(arn, parcel, from)
        return undefined
      } catch (error) {
        if (error instanceof ServiceError) return error
        throw error
      }
    },
  }
}

function serviceOf(arn: string): string {
  return arn.split(':')[2] ?? ''
}
