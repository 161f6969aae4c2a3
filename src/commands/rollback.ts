import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, targetOf } from '../cli/environment-command.ts'
import { environmentFlags, recordedFlag } from '../cli/flags.ts'
import { configurationChangesText } from '../ui/configuration-changes-text.ts'
import { type RollbackResult, rollBack } from '../workflows/roll-back.ts'

export default class Rollback extends EnvironmentCommand {
  static override summary = 'Put the alias back on the last version that held 100%, and clear its weights.'
  static override description =
    'Takes one read and one update. It also ends a release whose process died. It is a release itself: it is on record, and its undo is printed. Afterwards it warns where the version that is served now has another configuration than the one that was left.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod --reason "checkout fails for guests"',
    '<%= config.bin %> <%= command.id %> checkout --env prod --to 41',
  ]
  static override args = {
    function: Args.string({ description: 'a function of lambdactl.yaml', required: true }),
  }
  static override flags = {
    ...environmentFlags,
    to: Flags.integer({
      description: 'this version rather than the last stable one',
      min: 1,
      helpValue: 'N',
    }),
    reason: recordedFlag({ description: 'why, for the record' }),
  }

  async run(): Promise<RollbackResult> {
    const { args, flags } = await this.parse(Rollback)
    const { environment, fn } = await this.locateOne(flags, args.function)
    const options = { to: flags.to?.toString(), reason: flags.reason }
    const result = await this.hurriedRun(environment, flags, (run) =>
      rollBack(run, targetOf(environment, fn), options),
    )
    this.showRollback(result, flags.env)
    return result
  }

  private showRollback(
    { function: name, alias, outcome, version, from, undo, changes = [] }: RollbackResult,
    env: string,
  ): void {
    if (outcome === 'unchanged')
      return this.show(`${name}: nothing to roll back, ${alias} is on version ${version}`)
    const share = from.weight ? ` with ${from.weight.percent}% on ${from.weight.version}` : ''
    this.show(`${name}: ${alias} is on version ${version}, weights cleared (before: ${from.version}${share})`)
    this.show(`To undo: lambdactl rollback ${name} --env ${env} --to ${undo}`)
    if (changes.length > 0) this.tell(configurationChangesText(version, changes))
  }
}
