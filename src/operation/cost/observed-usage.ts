import type { FunctionSettings } from '../../function/settings/settings.ts'
import type { Usage } from './bill.ts'
import { freeStorageMb } from './price-table.ts'

/** CloudWatch's figures of a function in a time. Absent ones are unknown, and not 0. */
export interface ObservedFigures {
  invocations?: number
  /** The sum of all durations, milliseconds, without the starts of environments. */
  durationMs?: number
  /** Of the invocations, those in provisioned environments. */
  provisionedInvocations?: number
}

/** The things about a function that its price depends on. */
export interface ObservedFunction {
  settings: Pick<
    FunctionSettings,
    'memoryMb' | 'architecture' | 'ephemeralStorageMb' | 'runtime' | 'snapStart' | 'capacityProvider'
  >
  /** Environments that are kept ready now. */
  provisioned: number
}

/** Each request is billed to the next millisecond: half of one on average. */
const roundingMs = 0.5

/**
 * The use of a function by CloudWatch's figures. Provisioned environments are taken as if they had been there all the
 * time; durations count for them by their part of the invocations.
 *
 * @param spanSeconds the time of the figures
 * @returns undefined if CloudWatch has no invocations and nothing is kept ready, or has no durations of invocations
 */
export function observedUsage(
  { invocations, durationMs, provisionedInvocations = 0 }: ObservedFigures,
  { settings, provisioned }: ObservedFunction,
  spanSeconds: number,
): Usage | undefined {
  const snapshots = paidSnapshots(settings, spanSeconds)
  if (invocations === undefined && provisioned === 0 && !snapshots) return undefined
  const requests = invocations ?? 0
  if (requests > 0 && durationMs === undefined) return undefined
  // EC2 bills managed instances by the instance, whatever runs in them.
  const seconds = settings.capacityProvider ? 0 : ((durationMs ?? 0) + requests * roundingMs) / 1000
  const inProvisioned = requests === 0 ? 0 : Math.min(1, provisionedInvocations / requests)
  return {
    architecture: settings.architecture,
    memoryMb: settings.memoryMb,
    storageMb: settings.ephemeralStorageMb ?? freeStorageMb,
    requests,
    seconds: seconds * (1 - inProvisioned),
    provisionedSeconds: provisioned * spanSeconds,
    provisionedRunSeconds: seconds * inProvisioned,
    ...(snapshots && { snapshots }),
  }
}

/** The starts of environments that a log has. */
interface MeasuredStarts {
  billedGbSeconds: number
  restores: number
}

/** The use with the starts that were measured; without any measure it stays as it is. */
export function withStarts(usage: Usage, starts: MeasuredStarts | undefined): Usage {
  if (!starts) return usage
  const { snapshots, memoryMb } = usage
  return {
    ...usage,
    initSeconds: starts.billedGbSeconds / (memoryMb / 1024),
    ...(snapshots && { snapshots: { ...snapshots, restores: starts.restores } }),
  }
}

/** SnapStart costs nothing for Java (AWS's price list of November 2026). */
function paidSnapshots(
  { snapStart, runtime }: ObservedFunction['settings'],
  cachedSeconds: number,
): Usage['snapshots'] {
  return snapStart && !runtime.startsWith('java') ? { cachedSeconds, restores: undefined } : undefined
}

/** The parts of the price that the figures leave out or assume, a sentence each. */
export function reservations(
  usage: Usage,
  { settings, provisioned }: ObservedFunction,
  knowsSnapStart: boolean,
): string[] {
  return [
    ...(usage.initSeconds === undefined
      ? ['The starts of environments, which Lambda bills too, are not counted.']
      : []),
    ...(provisioned > 0
      ? [
          `The ${provisioned} provisioned environments of now are taken as if they had been there all the time.`,
        ]
      : []),
    ...(usage.snapshots && knowsSnapStart
      ? [
          `SnapStart is counted for one version's snapshot${usage.snapshots.restores === undefined ? ', and without restores' : ''}.`,
        ]
      : []),
    ...(usage.snapshots && !knowsSnapStart
      ? ["SnapStart's price here is not in the table, and is left out."]
      : []),
    ...(settings.capacityProvider
      ? [
          'It runs on managed instances, which EC2 bills by the instance: that is left out, and the duration is not billed.',
        ]
      : []),
  ]
}
