import { isDeepStrictEqual } from 'node:util'
import type { Attachments } from '../../config/function/attachments.ts'
import type { Run, Target } from '../run/run.ts'
import { runtimeWords } from './attachment-words.ts'
import type { Difference } from './attachments.ts'

/** Compares how Lambda treats recursive loops. */
export async function recursionDifference(
  { aws: { attachments } }: Run,
  { lambdaName }: Target,
  wanted: Attachments['recursion'],
): Promise<Difference[]> {
  if (wanted === undefined) return []
  const current = await attachments.recursion(lambdaName)
  if (current === wanted) return []
  const apply = () => attachments.setRecursion(lambdaName, wanted)
  return [{ field: 'recursion', from: current, to: wanted, apply }]
}

/** Compares the function's code signing, which holds for code that is uploaded after it is set. */
export async function codeSigningDifference(
  { aws: { attachments } }: Run,
  { lambdaName }: Target,
  wanted: Attachments['codeSigning'],
): Promise<Difference[]> {
  if (wanted === undefined) return []
  const current = await attachments.codeSigning(lambdaName)
  if (current === wanted) return []
  const apply = () => attachments.setCodeSigning(lambdaName, wanted)
  return [{ field: 'codeSigning', from: current || 'none', to: wanted || 'none', apply }]
}

/** Compares the runtime updates of a version, or of $LATEST. */
export async function runtimeDifference(
  { aws: { attachments } }: Run,
  { lambdaName }: Target,
  wanted: Attachments['runtimeUpdates'],
  version: string,
): Promise<Difference[]> {
  if (wanted === undefined) return []
  const current = await attachments.runtimeUpdates(lambdaName, version)
  if (isDeepStrictEqual(current, wanted)) return []
  const apply = () => attachments.setRuntimeUpdates(lambdaName, version, wanted)
  return [{ field: 'runtimeUpdates', from: runtimeWords(current), to: runtimeWords(wanted), apply }]
}
