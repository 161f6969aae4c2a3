import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { Prices } from './price.ts'
import { pricesOf, priceTable } from './price-table.ts'

const price = z.number().min(0)
const byArchitecture = z.strictObject({ x86_64: price, arm64: price })
const region = z.strictObject({
  request: price.optional(),
  duration: byArchitecture.partial().optional(),
  provisioned: byArchitecture.partial().optional(),
  provisionedDuration: byArchitecture.partial().optional(),
  storage: price.optional(),
  snapStart: z.strictObject({ cached: price, restored: price }).optional(),
})
const table = z.strictObject({
  date: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'Expected a date as in 2026-11-01'),
  regions: z.record(z.string(), region),
})

/** Prices by Region, and their date, `YYYY-MM-DD`. */
export interface PriceTable {
  date: string
  regions: ReadonlyMap<string, Prices>
}

/** The table of this program. */
export const ownTable: PriceTable = { date: pricesOf, regions: priceTable }

/**
 * The table with a person's prices in it. A Region of the table keeps the prices that are not given; any other Region
 * needs all of them except SnapStart's.
 *
 * @param value of a file, with `date` and `regions`; prices in US dollars, as in `Prices`
 * @param file its name, for messages
 * @throws LambdactlError CONFIG_INVALID
 */
export function withOwnPrices(value: unknown, file: string): PriceTable {
  const read = table.safeParse(value)
  if (!read.success) throw invalid(file, z.prettifyError(read.error))
  const regions = new Map(priceTable)
  for (const [name, own] of Object.entries(read.data.regions))
    regions.set(name, merged(own, priceTable.get(name), { name, file }))
  return { date: read.data.date, regions }
}

function merged(
  own: z.infer<typeof region>,
  known: Prices | undefined,
  { name, file }: { name: string; file: string },
): Prices {
  const whole = {
    request: own.request ?? known?.request,
    duration: { ...known?.duration, ...own.duration },
    provisioned: { ...known?.provisioned, ...own.provisioned },
    provisionedDuration: { ...known?.provisionedDuration, ...own.provisionedDuration },
    storage: own.storage ?? known?.storage,
    snapStart: own.snapStart ?? known?.snapStart,
  }
  const checked = region.required({ request: true, storage: true }).extend({
    duration: byArchitecture,
    provisioned: byArchitecture,
    provisionedDuration: byArchitecture,
  })
  const read = checked.safeParse(whole)
  if (read.success) return read.data
  throw invalid(
    file,
    `${name} is not in the table of ${pricesOf}, so it needs all prices.\n${z.prettifyError(read.error)}`,
  )
}

function invalid(file: string, reason: string): LambdactlError {
  return new LambdactlError('CONFIG_INVALID', `${file} is no table of prices: ${reason}`, {
    next: ['See the form of the file in docs/operating/cost.md.'],
  })
}
