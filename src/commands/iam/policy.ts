import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, type EnvironmentFlags, type Located } from '../../cli/environment-command.ts'
import { severalFunctions } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { permitted } from '../../cli/permissions/permitted.ts'
import { choosePlace } from '../../cli/place/choose-place.ts'
import { regionOf } from '../../cli/place/enter-place.ts'
import { LambdactlError } from '../../errors/error.ts'
import {
  type GrantedPolicy,
  iamPolicy,
  placeOf,
  policyFormats,
  policyText,
  releaseVerbs,
  verbsNamed,
} from '../../workflows/permissions/iam-policy.ts'

export default class IamPolicy extends EnvironmentCommand {
  static override summary = 'Print the least IAM policy for commands of lambdactl on functions.'
  static override description =
    'The policy names the functions by their ARNs, and has only the actions of the chosen commands. For a function with manages: code it can change no setting, tag or role. AWS is asked for the account if the file names none, and for nothing else.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env prod > policy.json',
    '<%= config.bin %> <%= command.id %> --env prod --for deploy,rollback checkout',
    '<%= config.bin %> <%= command.id %> --env prod --for status,logs --format terraform',
  ]
  static override args = severalFunctions
  static override flags = {
    ...environmentFlags,
    for: Flags.string({
      description:
        'the commands, separated by commas; canary stands for all of its commands; default: those of releases',
      helpValue: 'COMMANDS',
    }),
    format: Flags.option({
      options: policyFormats,
      description: 'the form of the policy; default: json',
      default: 'json',
    })(),
  }

  protected override readonly needsFunctions = true

  async run(): Promise<GrantedPolicy> {
    const { args, flags } = await this.parse(IamPolicy)
    const located = await this.locate(flags, args.function ?? [])
    const verbs = flags.for === undefined ? releaseVerbs : verbsNamed(flags.for)
    const { name } = located.environment
    const functions = located.functions.map((fn) => permitted(located.config, name, fn.name))
    const place = await this.placeOf(located, flags)
    const granted = iamPolicy(name, { place, functions, verbs })
    for (const note of granted.notes) this.warn(note)
    this.showAsIs(policyText(granted.policy, flags.format, `lambdactl-${name}`))
    return granted
  }

  /** The account and the Region, without a call if the file names the account. */
  private async placeOf({ environment }: Located, flags: EnvironmentFlags) {
    const { name, account } = environment
    const region = await regionOf(choosePlace(environment, flags, process.env))
    if (region === undefined) {
      throw new LambdactlError('USAGE', `No Region is named for ${name}.`, {
        next: [`Give --region, or add region: to environments.${name}.`],
      })
    }
    if (account !== undefined) return placeOf(region, account)
    const run = await this.quickRun(environment, flags)
    return placeOf(region, (await run.aws.identity.caller()).account)
  }
}
