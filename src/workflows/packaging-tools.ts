import type { Tools } from '../packaging/types.ts'
import type { Clock } from '../ports/clock.ts'
import { eachSecond } from './each-second.ts'
import type { Run } from './run.ts'

/** The part of a run that packaging needs: no AWS. */
export type PackagingRun = Pick<Run, 'runCommand' | 'signal' | 'emit'> & { clock: Pick<Clock, 'elapsed'> }

/** Returns the tools of packaging, which tell the run each step that they begin. */
export function packagingTools({ runCommand, signal, emit, clock }: PackagingRun, fn: string): Tools {
  return {
    runCommand,
    signal,
    variables: process.env,
    onProgress: eachSecond(clock, (progress) => emit({ function: fn, event: 'packaging', ...progress })),
    tell: (text) => emit({ function: fn, event: 'noted', text }),
  }
}
