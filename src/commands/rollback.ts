import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, targetOf } from '../cli/environment-command.ts'
import { oneFunction } from '../cli/flags/args.ts'
import { dryRunFlag } from '../cli/flags/change.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { recordedFlag } from '../cli/flags/values.ts'
import { versionFlag, weightFlag } from '../cli/flags/version.ts'
import { LambdactlError } from '../errors/error.ts'
import { configurationChangesText } from '../ui/results/diff/configuration-changes.ts'
import { rollbackText } from '../ui/results/rollback.ts'
import { type RollbackResult, rollBack } from '../workflows/roll-back.ts'

export default class Rollback extends EnvironmentCommand {
  static override summary = 'Put the alias back on the last version that held 100%, and clear its weights.'
  static override description =
    'Takes one read and one update. It also ends a release whose process died. If the last change was a rollback, by a gate or a person, it moves nothing: --again goes further back. A rollback is a release itself: it is on record, and its undo is printed. Afterwards it warns if the configuration of the present version differs from that of the version before.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod --reason "checkout fails for guests"',
    '<%= config.bin %> <%= command.id %> checkout --env prod --to 41',
    '<%= config.bin %> <%= command.id %> checkout --env prod --to 41 --weight 42=10',
  ]
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    to: versionFlag({ description: "a version, or '$LATEST'; default: the last stable version" }),
    weight: weightFlag({
      description: 'a second version and its percentage of the traffic, as an undo restores it',
      dependsOn: ['to'],
    }),
    again: Flags.boolean({
      description: 'go further back, even if the last change was a rollback',
      exclusive: ['to'],
    }),
    reason: recordedFlag({ description: 'the reason, for the record' }),
    ...dryRunFlag,
  }

  async run(): Promise<RollbackResult> {
    const { args, flags } = await this.parse(Rollback)
    const { to, weight, again, reason, 'dry-run': dryRun } = flags
    if (weight && (weight.version === to || to === '$LATEST')) throw cannotShare(to)
    const { environment, fn } = await this.locateOne(flags, args.function)
    this.tellPart({ function: fn.name })
    const result = await this.hurriedRun(environment, flags, (run) =>
      rollBack(run, targetOf(environment, fn), { to, weight, again, reason, dryRun }),
    )
    const { outcome, version, from, release, changes = [] } = result
    const part = { outcome, version, previous: from.version, release, isByHand: outcome === 'rolled-back' }
    this.tellPart({ function: fn.name, ...part })
    this.show(rollbackText(result))
    if (changes.length > 0 && !dryRun) this.tell(configurationChangesText(version, changes))
    return result
  }
}

function cannotShare(version: string): LambdactlError {
  const what = `Version ${version} can't share its traffic like this: expected a published version for --to and another one for --weight.`
  return new LambdactlError('USAGE', what, { next: ['For 10% on version 42: --to 41 --weight 42=10'] })
}
