import type { Diagnosis } from './diagnosis.ts'

/** A clock may be wrong by this much, milliseconds: AWS's answers tell whole seconds. */
const allowedSkewMs = 5000
/** The share of the code storage from which on it is nearly full. */
const nearlyFull = 0.8

/**
 * Tells whether this machine's clock is right.
 *
 * @param skewMs how far it is ahead of AWS's, milliseconds; below 0 if it is behind
 */
export function clockDiagnosis(skewMs: number): Diagnosis {
  const title = 'clock'
  if (Math.abs(skewMs) < allowedSkewMs)
    return { title, outcome: 'pass', detail: "it agrees with AWS's within 5 s" }
  const seconds = Math.round(Math.abs(skewMs) / 1000)
  return {
    title,
    outcome: 'warn',
    detail: `the clock of this machine is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} AWS's`,
    why: 'AWS refuses calls that are signed with a wrong time, from 5 minutes on.',
    mends: [{ where: 'For example', language: 'sh', text: 'timedatectl set-ntp true' }],
  }
}

/** Tells whether the account has room for the code of more versions. */
export function storageDiagnosis(
  { bytes, limitBytes }: { bytes: number; limitBytes: number },
  prune: string,
): Diagnosis {
  const title = 'code storage'
  if (limitBytes <= 0) return { title, outcome: 'note', detail: 'not checked: AWS tells no limit' }
  const share = bytes / limitBytes
  const detail = `${gigabytes(bytes)} of ${gigabytes(limitBytes)} GB used (${Math.floor(share * 100)}%)`
  if (share < nearlyFull) return { title, outcome: 'pass', detail }
  return {
    title,
    outcome: 'warn',
    detail,
    why: 'Lambda refuses every deploy in this account and Region once it is full.',
    mends: [{ where: 'To delete old versions, after it has shown them', language: 'sh', text: prune }],
  }
}

/** In powers of 1,000, as sizes are told everywhere. */
function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1)
}
