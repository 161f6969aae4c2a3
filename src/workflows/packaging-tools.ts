import type { Tools } from '../packaging/types.ts'
import type { Clock } from '../ports/clock.ts'
import { eachSecond } from './each-second.ts'
import type { Run } from './run.ts'

/** What of a run packaging needs: no AWS. */
export type PackagingRun = Pick<Run, 'runCommand' | 'signal' | 'emit'> & { clock: Pick<Clock, 'elapsed'> }

/** What packaging works with; what it begins is told by the run. */
export function packagingTools({ runCommand, signal, emit, clock }: PackagingRun, fn: string): Tools {
  return {
    runCommand,
    signal,
    variables: process.env,
    onProgress: eachSecond(clock, (progress) => emit({ function: fn, event: 'packaging', ...progress })),
    tell: (text) => emit({ function: fn, event: 'noted', text }),
  }
}
