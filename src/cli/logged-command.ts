import type { Config } from '../config/service/config.ts'
import type { LocatedEnvironment } from '../config/service/locate.ts'
import { locateFunction } from '../config/service/locate.ts'
import { isCode, LambdactlError } from '../errors/error.ts'
import type { Aws } from '../ports/aws.ts'
import type { Source } from '../workflows/logs/wanted-functions.ts'
import { placeOfArns, requireSamePlace } from './choose/arn-place.ts'
import { EnvironmentCommand, type EnvironmentFlags } from './environment-command.ts'
import { placeFlags, wholePlaceFlags } from './flags/for-shell.ts'
import { awsCli } from './place/aws-cli.ts'
import { choosePlace } from './place/choose-place.ts'
import { regionOf, requireAccount } from './place/enter-place.ts'

/** An environment whose functions' logs are read. */
export interface LoggedEnvironment {
  /** Undefined without lambdactl.yaml. */
  config: Config | undefined
  environment: LocatedEnvironment
}

/** A command that reads logs: of functions of lambdactl.yaml, and of those that only Lambda knows. */
export abstract class LoggedCommand<Event extends object = never> extends EnvironmentCommand<Event> {
  /**
   * Reads the configuration. Without one, names in Lambda and ARNs are enough, unless an environment was named too.
   *
   * @param words the functions, as a person named them
   * @throws LambdactlError CONFIG_NOT_FOUND, NOT_FOUND for an unknown environment, USAGE for an ARN of another place
   */
  protected async locateLogged(
    flags: EnvironmentFlags,
    words: readonly string[],
  ): Promise<LoggedEnvironment> {
    try {
      const { config, environment } = await this.locate(flags, [])
      await requireHere(words, environment, flags)
      return { config, environment }
    } catch (error) {
      const isEnough = words.length > 0 && flags.config === undefined && flags.env === undefined
      if (!isCode(error, 'CONFIG_NOT_FOUND') || !isEnough) throw error
      const environment = withoutFile(flags, words)
      await requireHere(words, environment, flags)
      return { config: undefined, environment }
    }
  }

  /**
   * The functions that only Lambda knows.
   *
   * @param words as a person named them: an ARN's account is compared with that of the credentials
   * @throws LambdactlError NOT_FOUND for one that Lambda does not know either, ACCOUNT_MISMATCH
   */
  protected async foreignSources(
    aws: Aws,
    { config, environment }: LoggedEnvironment,
    names: readonly string[],
    words: readonly string[],
  ): Promise<Source[]> {
    const { account } = placeOfArns(words)
    if (account !== undefined && environment.account === undefined) await requireAccount('', account, aws)
    return Promise.all(
      names.map(async (name) => {
        if (await aws.functions.get(name)) return { name, lambdaName: name }
        if (config) return locateFunction(config, environment.name, name)
        throw new LambdactlError('NOT_FOUND', `There is no function ${name} in Lambda here.`, {
          next: [
            'For a function of lambdactl.yaml, go to the folder of that file, or name the file: --config FILE.',
          ],
        })
      }),
    )
  }
}

async function requireHere(
  words: readonly string[],
  environment: LocatedEnvironment,
  flags: EnvironmentFlags,
): Promise<void> {
  if (placeOfArns(words).region === undefined) return
  requireSamePlace(words, environment, await regionOf(choosePlace(environment, flags, process.env)))
}

/** The place that flags, variables and ARNs name. It has no name of its own. */
function withoutFile(flags: EnvironmentFlags, words: readonly string[]): LocatedEnvironment {
  const { region, 'endpoint-url': endpoint, profile } = flags
  const place = placeOfArns(words)
  return {
    name: '',
    ...place,
    alias: 'live',
    protected: false,
    functions: [],
    placeFlags: placeFlags(flags),
    wholePlaceFlags: wholePlaceFlags(flags, place),
    awsCli: () => awsCli(place, { region, 'endpoint-url': endpoint, profile }, process.env),
  }
}
