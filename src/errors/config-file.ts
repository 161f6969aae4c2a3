/** The configuration file of this command. */
interface NamedFile {
  /** Absolute. */
  readonly path?: string
  /** For messages. */
  readonly shownAs: string
  /** The flag that named it, ready for a shell; undefined if the file was found. */
  readonly flag?: string | undefined
}

const usual = 'lambdactl.yaml'
let file: NamedFile = { shownAs: usual }

/** Sets the file of the command: later messages name it, and the commands that they advise read it too. */
export function nameConfigFile(named: NamedFile): void {
  file = named
}

/** The configuration file's name for a message; `lambdactl.yaml` if none was read. */
export function configFile(): string {
  return file.shownAs
}

/** The configuration file's absolute path; undefined if none was read. */
export function configPath(): string | undefined {
  return file.path
}

/** Rewrites a next step, which is for `lambdactl.yaml` in the current folder, for the command's file. */
export function forConfigFile(step: string): string {
  const { shownAs, flag } = file
  const named = step.includes(shownAs) ? step : step.replace(/(?<![\w./-])lambdactl\.yaml\b/g, () => shownAs)
  if (flag === undefined || step.includes('--config')) return named
  return named.replace(
    /\blambdactl (?:status|trust|package|deploy|diff)\b/g,
    (command) => `${command} ${flag}`,
  )
}
