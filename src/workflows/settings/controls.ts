import type { FunctionAttachments } from '../../function/attachments/attachments.ts'
import type { Run, Target } from '../run/run.ts'
import { type Difference, differenceOf } from './difference.ts'

/** Compares the setting for recursive loops. */
export async function recursionDifference(
  { aws: { attachments } }: Run,
  { lambdaName }: Target,
  wanted: FunctionAttachments['recursion'],
): Promise<Difference[]> {
  if (wanted === undefined) return []
  const current = await attachments.recursion(lambdaName)
  return differenceOf('recursion', { current, wanted }, () => attachments.setRecursion(lambdaName, wanted))
}

/** Compares the function's code signing, which counts for code that is uploaded later. */
export async function codeSigningDifference(
  { aws: { attachments } }: Run,
  { lambdaName }: Target,
  wanted: FunctionAttachments['codeSigning'],
): Promise<Difference[]> {
  if (wanted === undefined) return []
  const current = await attachments.codeSigning(lambdaName)
  return differenceOf('codeSigning', { current, wanted }, () =>
    attachments.setCodeSigning(lambdaName, wanted),
  )
}

/** Compares the runtime updates of a version, or of $LATEST. */
export async function runtimeDifference(
  { aws: { attachments } }: Run,
  { lambdaName }: Target,
  wanted: FunctionAttachments['runtimeUpdates'],
  version: string,
): Promise<Difference[]> {
  if (wanted === undefined) return []
  const current = await attachments.runtimeUpdates(lambdaName, version)
  return differenceOf('runtimeUpdates', { current, wanted }, () =>
    attachments.setRuntimeUpdates(lambdaName, version, wanted),
  )
}
