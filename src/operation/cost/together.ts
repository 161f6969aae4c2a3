import { type Bill, bill, type Usage } from './bill.ts'
import type { Architecture, Prices } from './price.ts'
import { freeTier } from './price-table.ts'

/** A function's use and the prices of its Region. */
export interface Priced {
  usage: Usage
  prices: Prices
}

/**
 * The bill of several functions of one account. The free tier is taken once, first for x86; the tiers of large months
 * are taken for each function alone, which is dearer for an account above 6 billion GB-seconds.
 */
export function billOf(all: readonly Priced[]): Bill {
  const bills = all.map(({ usage, prices }) => bill(usage, prices))
  const sum = (field: keyof Bill) => bills.reduce((total, each) => total + each[field], 0)
  return {
    requests: sum('requests'),
    duration: sum('duration'),
    init: sum('init'),
    storage: sum('storage'),
    provisioned: sum('provisioned'),
    provisionedDuration: sum('provisionedDuration'),
    snapStart: sum('snapStart'),
    total: sum('total'),
    free: Math.min(sum('free'), freeOf(all)),
  }
}

function freeOf(all: readonly Priced[]): number {
  const [first] = all
  if (!first) return 0
  const { request, duration } = first.prices
  const requests = all.reduce((sum, { usage }) => sum + usage.requests, 0)
  const x86 = gbSecondsOn('x86_64', all)
  const freeX86 = Math.min(x86, freeTier.gbSeconds)
  const freeArm = Math.min(gbSecondsOn('arm64', all), freeTier.gbSeconds - freeX86)
  return (
    Math.min(requests, freeTier.requests) * request + freeX86 * duration.x86_64 + freeArm * duration.arm64
  )
}

function gbSecondsOn(architecture: Architecture, all: readonly Priced[]): number {
  return all
    .filter(({ usage }) => usage.architecture === architecture)
    .reduce((sum, { usage }) => sum + (usage.memoryMb / 1024) * (usage.seconds + (usage.initSeconds ?? 0)), 0)
}
