import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, targetOf } from '../../cli/environment-command.ts'
import { errorReport } from '../../cli/exit/error-report.ts'
import { namedFunctions } from '../../cli/flags/args.ts'
import { dryRunFlag, yesFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { ageFlag } from '../../cli/flags/values.ts'
import { confirm } from '../../cli/interrupt/confirm.ts'
import { LambdactlError } from '../../errors/error.ts'
import { pruneEndText, prunePlanText, sumWords } from '../../ui/results/versions/prune.ts'
import { limitProgress } from '../../workflows/run/limit-progress.ts'
import type { Run } from '../../workflows/run/run.ts'
import {
  carryOutPrune,
  type Pruned,
  type PrunePreparation,
  preparedResult,
  preparePrune,
} from '../../workflows/versions/prune-versions.ts'

/** A release record keeps as many versions as the way back. */
const usualKeep = 5

export default class VersionsPrune extends EnvironmentCommand {
  static override summary = 'Delete published versions that nothing needs any more.'
  static override description =
    'Keeps every version that an alias points to, a rollback may go to, a release in flight has, an event source mapping, a resource policy, provisioned concurrency or a running durable execution needs, and the newest ones. Shows first what goes and why the rest stays, then asks. A deleted version can not be restored.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod --dry-run',
    '<%= config.bin %> <%= command.id %> checkout --env prod --keep 10 --older-than 30d',
    '<%= config.bin %> <%= command.id %> --all-functions --env prod --yes --json',
  ]
  static override args = namedFunctions
  static override flags = {
    ...environmentFlags,
    keep: Flags.integer({
      description: 'the number of newest versions, and of last releases, to keep',
      default: usualKeep,
      min: 1,
      helpValue: 'N',
    }),
    'older-than': ageFlag({ description: 'keep versions that are younger, as in 30d or 12h' }),
    'all-functions': Flags.boolean({ description: 'all functions of the file', default: false }),
    ...dryRunFlag,
    ...yesFlag,
  }

  async run(): Promise<Pruned> {
    const { args, flags } = await this.parse(VersionsPrune)
    const names = args.function ?? []
    requireNamed(names, flags['all-functions'])
    const { environment, functions } = await this.locate(flags, names)
    const run = await this.quickRun(environment, flags)
    const targets = functions.map((fn) => targetOf(environment, fn))
    const rules = { keep: flags.keep, youngerThanMs: flags['older-than'] }
    const prepared = await preparePrune(run, targets, rules, this.teller(run, 'policies read'))
    const plan = preparedResult(prepared)
    this.show(prunePlanText(plan, this.width))
    if (flags['dry-run'] || plan.functions.every(({ gone }) => gone.length === 0)) return plan
    if (!flags.yes) {
      await confirm({
        what: `delete ${sumWords(plan)}`,
        name: environment.protected ? environment.name : undefined,
        again: this.typedLine('--yes'),
        ...(this.jsonEnabled() && { mayAsk: false }),
      })
    }
    return this.carryOut(run, prepared)
  }

  private async carryOut(run: Run, prepared: PrunePreparation): Promise<Pruned> {
    const pruned = await carryOutPrune(run, prepared, this.teller(run, 'versions tried'))
    this.show(pruneEndText(pruned))
    this.interruptedText = 'Interrupted: the versions that are named above were deleted.'
    this.endAsFailed(pruned)
    return pruned
  }

  /** Tells progress at most once a second. */
  private teller(run: Run, what: string): (done: number, total: number) => void {
    const tell = limitProgress<[done: number, total: number]>(
      run.clock,
      ([done, total]) => this.tell(`${done} of ${total} ${what}`),
      ([done, total]) => done === total,
    )
    return (done, total) => tell([done, total])
  }

  private endAsFailed({ functions }: Pruned): void {
    const failed = functions.flatMap(({ done }) => done?.failed ?? [])
    const [first] = failed
    if (!first) return
    const all = functions.reduce((sum, { gone }) => sum + gone.length, 0)
    const what = `${failed.length} of ${all} versions could not be deleted.`
    const error = new LambdactlError(first.code, what, {
      next: ['Correct what the failures name, then run the command again: it goes on with the rest.'],
    })
    this.tellError(errorReport(error, this.namedConfig))
    this.exitAs(first.code)
  }
}

/** A prune of everything has to be meant. */
function requireNamed(names: readonly string[], all: boolean): void {
  if (names.length > 0 !== all) return
  const what = all ? 'Both functions and --all-functions were given.' : 'No function was named.'
  throw new LambdactlError('USAGE', what, {
    next: ['Name the functions to prune, or take all of the file with --all-functions.'],
  })
}
