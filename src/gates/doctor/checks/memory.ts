import type { Diagnosis, Ways } from '../diagnosis.ts'

/** The memory that requests used, by the lines with which they end. */
export interface FoundMemory {
  /** The function's memory, MB. */
  memoryMb: number
  /** The requests with this memory that were read. */
  requests: number
  /** The most that one of them used, MB. */
  mostMb: number
  /** The time from which on they were read, in words: `24 h`. */
  span: string
}

const title = 'memory'
/** From this share on, a larger event may end the function. */
const tightShare = 0.9
/** Up to this share, less memory would do. */
const idleShare = 0.25
/** A function with less than this is cheap, and gets little CPU; MB. */
const smallMb = 512
/** With fewer requests the largest one is hardly among them. */
const manyRequests = 100
/** Lambda's limits, MB. */
const [leastMb, mostMemoryMb] = [128, 10_240]

/** Checks that requests leave some memory, and use some of it. */
export function memoryDiagnosis({ memoryMb, requests, mostMb, span }: FoundMemory, ways: Ways): Diagnosis {
  const field = 'memory'
  if (requests === 0)
    return { title, outcome: 'note', detail: `not checked: no request with ${memoryMb} MB in ${span}` }
  const count = requests === 1 ? '1 request' : `${requests} requests`
  const detail = `${mostMb} of ${memoryMb} MB used at most, by ${count} in ${span}`
  if (mostMb > memoryMb * tightShare)
    return {
      title,
      outcome: 'warn',
      detail,
      why: 'Lambda ends a request that needs more, and its environment with it.',
      field,
      ...ways.set({ memory: roomy(mostMb, 0.75) }),
    }
  if (memoryMb >= smallMb && requests >= manyRequests && mostMb <= memoryMb * idleShare)
    return {
      title,
      outcome: 'note',
      detail: `${detail}; less memory costs less for each ms, but CPU goes with it, so durations may grow`,
      field,
      mends: [
        {
          where: 'What half of it would cost, if durations stay',
          language: 'sh',
          text: ways.command('cost', '--memory', String(Math.max(leastMb, Math.round(memoryMb / 2)))),
        },
      ],
    }
  return { title, outcome: 'pass', detail }
}

/** A memory of which so much is used, in steps of 64 MB. */
function roomy(usedMb: number, share: number): number {
  return Math.min(mostMemoryMb, Math.ceil(usedMb / share / 64) * 64)
}
