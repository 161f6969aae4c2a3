import type { Run, Target } from './run.ts'

/** Warns a person about a function while the work goes on. */
export function warn(
  { emit }: Pick<Run, 'emit'>,
  { function: name }: Pick<Target, 'function'>,
  text: string,
): void {
  emit({ function: name, event: 'warning', text })
}
