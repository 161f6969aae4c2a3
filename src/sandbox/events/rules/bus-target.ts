import type { Target } from '../../delivery/parcel.ts'
import { invalid, noBus } from './errors.ts'
import { busEvent } from './event.ts'
import { type Router, route } from './route.ts'

/** Buses for the other services of the sandbox; their policies have no effect. */
export function busTarget(router: Router): Target {
  return async (arn, { body, event }) => {
    const [, , , region = '', account = '', path = ''] = arn.split(':')
    const [, bus = ''] = /^event-bus\/(.+)$/.exec(path) ?? []
    const place = { region, account }
    if (!router.book.hasBus(place, bus)) throw noBus(bus)
    if (!event) throw invalid('Rules can not hand their events to another bus')
    await route(
      router,
      bus,
      busEvent(place, { ...event, detail: JSON.parse(body) as unknown }, router.clock()),
    )
  }
}
