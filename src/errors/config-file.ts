/** The configuration file of this command. */
interface NamedFile {
  /** Absolute. */
  readonly path?: string
  /** For messages. */
  readonly shownAs: string
  /** The flag by which a person named it, ready for a shell; undefined where it was found. */
  readonly flag?: string | undefined
}

const usual = 'lambdactl.yaml'
let file: NamedFile = { shownAs: usual }

/** Says which file the command reads: all messages name that from now on, and all commands that they advise read it too. */
export function nameConfigFile(named: NamedFile): void {
  file = named
}

/** The name of the configuration file for a message; `lambdactl.yaml` where none was read. */
export function configFile(): string {
  return file.shownAs
}

/** The absolute path of the configuration file; undefined where none was read. */
export function configPath(): string | undefined {
  return file.path
}

/** A next step, which is written for `lambdactl.yaml` in the current folder, for the file that the command reads. */
export function forConfigFile(step: string): string {
  const { shownAs, flag } = file
  const named = step.includes(shownAs) ? step : step.replace(/(?<![\w./-])lambdactl\.yaml\b/g, () => shownAs)
  if (flag === undefined || step.includes('--config')) return named
  return named.replace(
    /\blambdactl (?:status|trust|package|deploy|diff)\b/g,
    (command) => `${command} ${flag}`,
  )
}
