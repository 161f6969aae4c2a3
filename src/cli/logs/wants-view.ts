import { isInForeground } from '../interrupt/foreground.ts'

/** The flags of a tail that decide how it is shown. */
interface ShowingFlags {
  output: string | undefined
  fields: readonly string[] | undefined
  verbose: boolean
  view: boolean
  until: unknown
  'exit-on': unknown
  'max-lines': unknown
  timeout: unknown
}

/**
 * Tells whether a tail that is followed is shown in the live view, if the terminal can be drawn on: not if its lines have
 * another form, or if it ends by itself, since its lines are to stay on the screen then.
 */
export function wantsView(flags: ShowingFlags): boolean {
  const endsItself = [flags.until, flags['exit-on'], flags['max-lines'], flags.timeout].some(
    (end) => end !== undefined,
  )
  const isPretty = flags.output === undefined || flags.output === 'pretty'
  return (
    flags.view &&
    isPretty &&
    !flags.fields &&
    !flags.verbose &&
    !endsItself &&
    process.stdin.isTTY &&
    isInForeground()
  )
}
