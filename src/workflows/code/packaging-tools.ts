import type { Tools } from '../../packaging/model/types.ts'
import type { Aws } from '../../ports/aws.ts'
import type { Clock } from '../../ports/clock.ts'
import { limitProgress } from '../run/limit-progress.ts'
import type { Run } from '../run/run.ts'

/** The part of a run that packaging needs; without AWS no layer is read. */
export type PackagingRun = Pick<Run, 'runCommand' | 'bundler' | 'signal' | 'config' | 'emit'> & {
  clock: Pick<Clock, 'elapsed'>
  aws?: Pick<Aws, 'functions'>
}

/** Returns the tools for packaging; they report each step to the run when it begins. */
export function packagingTools(
  { runCommand, bundler, signal, emit, clock, aws }: PackagingRun,
  fn: string,
): Tools {
  return {
    runCommand,
    bundler,
    signal,
    ...(aws ? { readLayer: (arn: string) => aws.functions.layerZip(arn) } : {}),
    variables: process.env,
    onProgress: limitProgress(clock, (progress) => emit({ function: fn, event: 'packaging', ...progress })),
    tell: (text) => emit({ function: fn, event: 'noted', text }),
  }
}
