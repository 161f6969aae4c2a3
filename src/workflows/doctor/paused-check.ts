import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import { pausedOf } from '../stopping/paused.ts'
import type { Examined } from './examined.ts'

/** Warns of event source mappings that a pause has disabled, and that nobody has resumed. */
export async function pausedCheck({ run, target, triggers }: Examined): Promise<Diagnosis> {
  const title = 'paused'
  const hasMapping = (await triggers()).some(({ kind }) => kind === 'mapping')
  const paused = hasMapping ? await pausedOf(run, target) : undefined
  if (!paused) return { title, outcome: 'pass', detail: 'no event source mapping' }
  return {
    title,
    outcome: 'warn',
    detail: paused.summary,
    why: 'Queues and streams keep their records only for their retention.',
    next: [paused.next],
  }
}
