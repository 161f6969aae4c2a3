import type { Run, Target } from './run.ts'

/** Tells a person about something of a function that is not as it should be, while the work goes on. */
export function warn(
  { emit }: Pick<Run, 'emit'>,
  { function: name }: Pick<Target, 'function'>,
  text: string,
): void {
  emit({ function: name, event: 'warning', text })
}
