/** The configuration file that a command reads, as advice names it. */
export interface NamedConfig {
  /** As messages show it. */
  readonly name: string
  /** Gives a command that reads the same file, as in `lambdactl status --config conf/other.yaml`. */
  command(verb: string): string
  /** The command that shows the state of the functions that the step is about. */
  readonly status: string
}

/** A sentence with the next step; a function if it names the configuration file, or a command that reads it. */
export type NextStep = string | ((config: NamedConfig) => string)

/** @param flag by which a person named the file, ready for a shell; undefined where commands find it by themselves */
export function namedConfig(name: string, flag?: string): NamedConfig {
  const command = (verb: string) => ['lambdactl', verb, ...(flag === undefined ? [] : [flag])].join(' ')
  return { name, command, status: command('status') }
}

/** The file of a command that has read none. */
export const usualConfig = namedConfig('lambdactl.yaml')

/** The steps as a person reads them, each once. */
export function stepsFor(config: NamedConfig, steps: readonly NextStep[]): string[] {
  return [...new Set(steps.map((step) => (typeof step === 'string' ? step : step(config))))]
}
