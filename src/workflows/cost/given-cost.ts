import { type Bill, bill, type Usage } from '../../operation/cost/bill.ts'
import { ownTable, type PriceTable, withOwnPrices } from '../../operation/cost/own-prices.ts'
import { freeStorageMb } from '../../operation/cost/price-table.ts'
import { pricesIn } from '../../operation/cost/prices.ts'
import { type WhatIf, whatIfs } from '../../operation/cost/what-if.ts'

export type { PriceTable }

/** A month's price, the use that it is for, and the prices behind it. */
export interface Cost {
  region: string
  /** The date of the price table, `YYYY-MM-DD`. */
  pricesOf: string
  usage: Usage
  /** In US dollars. */
  bill: Bill
  whatIf: WhatIf[]
}

/** AWS's calculator has 730 hours in a month. */
const monthSeconds = 730 * 3600

/** A file of prices as it was read, and its name. */
export interface PriceFile {
  value: unknown
  file: string
}

/**
 * The table of prices, with those of a file.
 *
 * @throws LambdactlError CONFIG_INVALID
 */
export function pricesFrom(own: PriceFile | undefined): PriceTable {
  return own ? withOwnPrices(own.value, own.file) : ownTable
}

/** The price of a month's use in a Region. Asks nothing of AWS. */
export function costOf(usage: Usage, region: string, table: PriceTable = ownTable): Cost {
  const prices = pricesIn(region, table)
  return {
    region,
    pricesOf: table.date,
    usage,
    bill: bill(usage, prices),
    whatIf: whatIfs(usage, prices, { asked: {}, spanSeconds: monthSeconds }),
  }
}

/** A month's figures as a person gives them. */
export interface GivenUse {
  requests: number
  /** The mean of a request. */
  durationMs: number
  memoryMb: number
  architecture: Usage['architecture']
  /** Starts of environments, and their mean. */
  inits?: number
  initMs?: number
  /** Environments that are kept ready the whole month; all requests run in them. */
  provisioned?: number
}

/** The use that figures stand for: each duration is rounded up to a millisecond, as Lambda bills it. */
export function usageOf(given: GivenUse): Usage {
  const { requests, durationMs, inits = 0, initMs = 0, provisioned = 0, memoryMb, architecture } = given
  const seconds = (requests * Math.ceil(durationMs)) / 1000
  const isProvisioned = provisioned > 0
  return {
    architecture,
    memoryMb,
    storageMb: freeStorageMb,
    requests,
    seconds: isProvisioned ? 0 : seconds,
    initSeconds: (inits * Math.ceil(initMs)) / 1000,
    provisionedSeconds: provisioned * monthSeconds,
    provisionedRunSeconds: isProvisioned ? seconds : 0,
  }
}
