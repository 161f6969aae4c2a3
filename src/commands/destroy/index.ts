import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, type Located, targetOf } from '../../cli/environment-command.ts'
import { errorReport } from '../../cli/exit/error-report.ts'
import { severalFunctions } from '../../cli/flags/args.ts'
import { dryRunFlag, yesFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { confirm } from '../../cli/interrupt/confirm.ts'
import { locateTriggers } from '../../config/service/locate-triggers.ts'
import { placedFunction } from '../../config/service/placed-function.ts'
import { LambdactlError } from '../../errors/error.ts'
import { destroyText } from '../../ui/results/destroy.ts'
import { count } from '../../ui/text/figures.ts'
import { carryOutDestroy, type DestroyedFunction, plannedDestroy } from '../../workflows/destroy/carry-out.ts'
import type { ToDestroy } from '../../workflows/destroy/leftovers.ts'
import { type DestroyPlan, planDestroy } from '../../workflows/destroy/plan-destroy.ts'
import type { Run } from '../../workflows/run/run.ts'

export default class Destroy extends EnvironmentCommand {
  static override summary = 'Take away the functions that lambdactl.yaml made in an environment.'
  static override description =
    "Deletes each function with its versions, alias, URL and policy, the triggers that lambdactl made for it, and with --logs its log group. Shows first what goes, then asks for the environment's name. Refuses a protected environment, a function of another tool, and one that lambdactl did not make. Nothing can be restored; a command that failed half-way can be run again."
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env review-42 --dry-run',
    '<%= config.bin %> <%= command.id %> checkout --env review-42 --logs --yes',
  ]
  static override args = severalFunctions
  static override flags = {
    ...environmentFlags,
    logs: Flags.boolean({ description: 'also delete the log groups of the functions', default: false }),
    ...dryRunFlag,
    ...yesFlag,
  }

  async run(): Promise<{ functions: DestroyedFunction[] }> {
    const { args, flags } = await this.parse(Destroy)
    const located = await this.locate(flags, args.function ?? [])
    requireDestroyable(located)
    const { config, environment, functions } = located
    const { service } = config
    const run = await this.quickRun(environment, flags)
    const plans: DestroyPlan[] = []
    for (const fn of functions) {
      const triggers = fileTriggers(located, fn.name)
      plans.push(await planDestroy(run, { target: targetOf(environment, fn), service, triggers }))
    }
    const planned = plans.map((plan) => plannedDestroy(plan, flags.logs))
    this.show(destroyText(planned))
    const going = planned.filter(({ outcome }) => outcome === 'planned')
    if (flags['dry-run'] || going.length === 0) return { functions: planned }
    if (!flags.yes) {
      await confirm({
        what: `destroy ${count(going.length, 'function')} of ${environment.name}`,
        name: environment.name,
        again: this.typedLine('--yes'),
        ...(this.jsonEnabled() && { mayAsk: false }),
      })
    }
    return { functions: await this.carryOut(run, plans, flags.logs) }
  }

  private async carryOut(
    run: Run,
    plans: readonly DestroyPlan[],
    logs: boolean,
  ): Promise<DestroyedFunction[]> {
    const results = await carryOutDestroy(run, plans, logs)
    this.show(destroyText(results))
    this.interruptedText = 'Interrupted: the functions above say how far it came.'
    const failed = results.find(({ error }) => error)
    if (failed?.error) {
      const { code } = failed.error
      const error = new LambdactlError(code, 'Not everything could be taken away.', {
        next: ['Correct what the failures name, then run the command again: it goes on with the rest.'],
      })
      this.tellError(errorReport(error, this.namedConfig))
      this.exitAs(code)
    }
    return results
  }
}

/** A value of a trigger may not be set where nothing is deployed, so they are resolved when they are needed. */
function fileTriggers({ config, environment }: Located, name: string): ToDestroy['triggers'] {
  const { fields } = placedFunction(config, environment.name, name, { variables: process.env })
  return fields.triggers && (() => locateTriggers(config, environment.name, name) ?? [])
}

/** @throws LambdactlError USAGE for what no answer to a question allows */
function requireDestroyable({ config, environment, functions }: Located): void {
  if (environment.protected) {
    throw new LambdactlError(
      'USAGE',
      `The environment ${environment.name} is protected: nothing in it is destroyed.`,
      {
        next: [`If it is to go, take protected: true out of environments.${environment.name} first.`],
      },
    )
  }
  const others = functions.filter(
    ({ name, codeOnly }) =>
      codeOnly || placedFunction(config, environment.name, name, { variables: process.env }).fields.adopted,
  )
  if (others.length === 0) return
  const names = others.map(({ name }) => name).join(', ')
  throw new LambdactlError(
    'USAGE',
    `lambdactl.yaml did not make ${names}: another tool did, or \`init --from\` took it on.`,
    {
      next: ['Name the other functions, or take these away in the tool that made them.'],
    },
  )
}
