import type { TriggerProblem } from './context.ts'

/** The last part of an ARN, which names the resource. */
export function nameIn(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn
}

/**
 * The problem of a source that does not exist.
 *
 * @param source as in `queue orders`
 * @param make the command that makes it
 */
export function sourceMissing(trigger: string, source: string, make: string): TriggerProblem {
  return { trigger, detail: `there is no ${source}`, next: [`Make it: ${make}`] }
}
