import type { Prices } from './price.ts'

/** When these prices were in force. A price that changed since is given in an own table. */
export const pricesOf = '2025-10-01'

/** The GB-seconds of a month after which an architecture's next price holds, and its part of the first price. */
export const tiers = {
  x86_64: [
    { above: 0, part: 1 },
    { above: 6e9, part: 0.9 },
    { above: 15e9, part: 0.8 },
  ],
  arm64: [
    { above: 0, part: 1 },
    { above: 7.5e9, part: 0.9 },
    { above: 18.75e9, part: 0.8 },
  ],
} as const

/** The free requests and GB-seconds of an account's month, all Regions and functions together. */
export const freeTier = { requests: 1_000_000, gbSeconds: 400_000 } as const

/** Below it, a function's temporary storage is free. MB. */
export const freeStorageMb = 512

/** In US dollars: a million requests; a GB-second of duration, of provisioned concurrency, of duration in it, of storage. */
type Row = readonly [
  region: string,
  millionRequests: number,
  x86: number,
  arm: number,
  provisioned: number,
  provisionedDuration: number,
  storage: number,
]

/**
 * Lambda's prices by Region, as AWS's pricing calculator lists them (`calculator.aws`, "AWS Lambda"). Regions that are not
 * here are refused.
 */
const rows: readonly Row[] = [
  ['af-south-1', 0.27, 22.1e-6, 17.68e-6, 5.53e-6, 12.9e-6, 40.4e-9],
  ['ap-east-1', 0.28, 22.92e-6, 18.3e-6, 5.7153e-6, 13.3358e-6, 40.7e-9],
  ['ap-northeast-1', 0.2, 16.6667e-6, 13.3334e-6, 5.3835e-6, 12.5615e-6, 37e-9],
  ['ap-northeast-2', 0.2, 16.6667e-6, 13.3334e-6, 5.1254e-6, 11.9592e-6, 35.2e-9],
  ['ap-northeast-3', 0.2, 16.6667e-6, 13.3334e-6, 5.3835e-6, 12.5615e-6, 37e-9],
  ['ap-south-1', 0.2, 16.6667e-6, 13.3334e-6, 4.4985e-6, 10.4966e-6, 35.2e-9],
  ['ap-southeast-1', 0.2, 16.6667e-6, 13.3334e-6, 5.1991e-6, 12.1313e-6, 37e-9],
  ['ap-southeast-2', 0.2, 16.6667e-6, 13.3334e-6, 5.236e-6, 12.2173e-6, 37e-9],
  ['ap-southeast-4', 0.2, 16.6667e-6, 13.3334e-6, 5.236e-6, 12.2173e-6, 37e-9],
  ['ap-southeast-5', 0.18, 15e-6, 12e-6, 4.6791e-6, 10.9181e-6, 33.3e-9],
  ['ca-central-1', 0.2, 16.6667e-6, 13.3334e-6, 4.646e-6, 10.8407e-6, 34e-9],
  ['eu-central-1', 0.2, 16.6667e-6, 13.3334e-6, 5.0147e-6, 11.7011e-6, 36.7e-9],
  ['eu-central-2', 0.22, 18.3334e-6, 14.6667e-6, 5.5162e-6, 12.8712e-6, 44.1e-9],
  ['eu-north-1', 0.2, 16.6667e-6, 13.3334e-6, 4.4248e-6, 10.3245e-6, 32.3e-9],
  ['eu-south-1', 0.23, 19.5172e-6, 15.6138e-6, 4.8783e-6, 11.3827e-6, 35.7e-9],
  ['eu-west-1', 0.2, 16.6667e-6, 13.3334e-6, 4.646e-6, 10.8407e-6, 34e-9],
  ['eu-west-2', 0.2, 16.6667e-6, 13.3334e-6, 4.8304e-6, 11.2709e-6, 35.8e-9],
  ['eu-west-3', 0.2, 16.6667e-6, 13.3334e-6, 4.8673e-6, 11.3569e-6, 35.8e-9],
  ['me-south-1', 0.25, 20.6667e-6, 16.5334e-6, 5.1108e-6, 11.9251e-6, 37.4e-9],
  ['sa-east-1', 0.2, 16.6667e-6, 13.3334e-6, 6.6372e-6, 15.4867e-6, 58.6e-9],
  ['us-east-1', 0.2, 16.6667e-6, 13.3334e-6, 4.1667e-6, 9.7222e-6, 30.9e-9],
  ['us-east-2', 0.2, 16.6667e-6, 13.3334e-6, 4.1667e-6, 9.7222e-6, 30.9e-9],
  ['us-west-1', 0.2, 16.6667e-6, 13.3334e-6, 4.9041e-6, 11.443e-6, 37e-9],
  ['us-west-2', 0.2, 16.6667e-6, 13.3334e-6, 4.1667e-6, 9.7222e-6, 30.9e-9],
]

/**
 * The part of the x86 price that arm64 costs for provisioned concurrency, as in us-east-1 ($0.0000033334 and $0.0000077778).
 * The calculator's list has no own figure for the other Regions.
 */
const armPart = 0.8

/** SnapStart's prices, which are known of us-east-1 alone: a GB-second in the cache, and a GB restored. */
const snapStart: Readonly<Record<string, NonNullable<Prices['snapStart']>>> = {
  'us-east-1': { cached: 1.5046e-6, restored: 139.7998e-6 },
}

/** The prices of all known Regions. */
export const priceTable: ReadonlyMap<string, Prices> = new Map(
  rows.map(([region, millionRequests, x86, arm, provisioned, provisionedDuration, storage]) => [
    region,
    {
      request: millionRequests / 1e6,
      duration: { x86_64: x86, arm64: arm },
      provisioned: { x86_64: provisioned, arm64: provisioned * armPart },
      provisionedDuration: { x86_64: provisionedDuration, arm64: provisionedDuration * armPart },
      storage,
      snapStart: snapStart[region],
    },
  ]),
)
