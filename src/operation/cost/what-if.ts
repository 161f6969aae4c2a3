import { bill, type Usage } from './bill.ts'
import type { Architecture, Prices } from './price.ts'

/** A change whose price is asked for. */
export interface Change {
  memoryMb?: number | undefined
  architecture?: Architecture | undefined
  /** Environments that are kept ready all the time. */
  provisioned?: number | undefined
}

/** The price of the same requests after a change, in US dollars. */
export interface WhatIf {
  change: Change
  /**
   * US dollars. With another memory, the two ends: the duration stays, or it falls as memory grows. Otherwise they are
   * equal.
   */
  least: number
  /** US dollars. */
  most: number
  /** The assumption behind the figures. */
  assumes: string
}

/** The least and the most memory of a function, MB (quota of AWS Lambda, November 2026). */
const [leastMb, mostMb] = [128, 10_240]

/**
 * The other architecture and the memories beside the present one, or the changes that a person asked for.
 *
 * @param spanSeconds the time of the use
 */
export function whatIfs(
  usage: Usage,
  prices: Prices,
  { asked, spanSeconds }: { asked: Change; spanSeconds: number },
): WhatIf[] {
  return [
    ...memoriesFor(usage, asked).map((memoryMb) => otherMemory(usage, prices, memoryMb)),
    ...architecturesFor(usage, asked).map((architecture) => otherArchitecture(usage, prices, architecture)),
    ...(asked.provisioned === undefined
      ? []
      : [keptReady(usage, prices, { provisioned: asked.provisioned, spanSeconds })]),
  ]
}

function memoriesFor({ memoryMb }: Usage, asked: Change): number[] {
  if (asked.memoryMb !== undefined) return [asked.memoryMb]
  if (isAsked(asked)) return []
  const steps = [memoryMb / 2, memoryMb * 2, memoryMb * 4].map(Math.round)
  return steps.filter((each) => each >= leastMb && each <= mostMb)
}

function architecturesFor({ architecture }: Usage, asked: Change): Architecture[] {
  if (asked.architecture !== undefined) return asked.architecture === architecture ? [] : [asked.architecture]
  return isAsked(asked) ? [] : [architecture === 'arm64' ? 'x86_64' : 'arm64']
}

function isAsked({ memoryMb, architecture, provisioned }: Change): boolean {
  return memoryMb !== undefined || architecture !== undefined || provisioned !== undefined
}

function otherMemory(usage: Usage, prices: Prices, memoryMb: number): WhatIf {
  const factor = usage.memoryMb / memoryMb
  const ends = [1, factor].map((times) => bill(slowed({ ...usage, memoryMb }, times), prices).total)
  const assumes = 'the duration stays, or is inverse to memory'
  return { change: { memoryMb }, least: Math.min(...ends), most: Math.max(...ends), assumes }
}

function slowed(usage: Usage, times: number): Usage {
  const { seconds, provisionedRunSeconds, initSeconds } = usage
  return {
    ...usage,
    seconds: seconds * times,
    provisionedRunSeconds: provisionedRunSeconds * times,
    ...(initSeconds !== undefined && { initSeconds: initSeconds * times }),
  }
}

function otherArchitecture(usage: Usage, prices: Prices, architecture: Architecture): WhatIf {
  const { total } = bill({ ...usage, architecture }, prices)
  return { change: { architecture }, least: total, most: total, assumes: 'the duration stays' }
}

function keptReady(
  usage: Usage,
  prices: Prices,
  { provisioned, spanSeconds }: { provisioned: number; spanSeconds: number },
): WhatIf {
  const { seconds, provisionedRunSeconds } = usage
  const { total } = bill(
    {
      ...usage,
      seconds: 0,
      initSeconds: 0,
      provisionedSeconds: provisioned * spanSeconds,
      provisionedRunSeconds: seconds + provisionedRunSeconds,
    },
    prices,
  )
  const assumes = 'all requests find a provisioned environment, all the time'
  return { change: { provisioned }, least: total, most: total, assumes }
}
