import { locateTriggers } from '../config/service/locate-triggers.ts'
import { withTimes } from '../ui/text/time.ts'
import { commandFor, type Run } from '../workflows/run/run.ts'
import {
  type Steering,
  type SteeringResult,
  type SteeringVerb,
  steerRelease,
} from '../workflows/steer-release.ts'
import {
  type ConfirmFlags,
  EnvironmentCommand,
  type EnvironmentFlags,
  targetOf,
} from './environment-command.ts'
import { oneFunction } from './flags/args.ts'
import { environmentFlags } from './flags/environment.ts'
import { recordedFlag } from './flags/values.ts'
import { outputFlags } from './output/output-flags.ts'

/** Decisions that nothing may hinder: they give a new version no more traffic. */
const waysBack: readonly SteeringVerb[] = ['pause', 'abort']

/** A command for a person's decision about a release in progress; it works from any machine, and can be repeated. */
export abstract class SteeringCommand extends EnvironmentCommand {
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    reason: recordedFlag({ description: 'the reason, for the record' }),
  }

  /** Set again here: oclif's manifest only includes what a class inherits from its direct parent. */
  static override enableJsonFlag = true
  static override baseFlags = outputFlags

  protected abstract readonly verb: SteeringVerb

  async run(): Promise<SteeringResult> {
    // oclif reads a class's own statics, not inherited ones.
    const { args: argsOf, flags: flagsOf, baseFlags, enableJsonFlag } = SteeringCommand
    const { args, flags } = await this.parse({ args: argsOf, flags: flagsOf, baseFlags, enableJsonFlag })
    return this.decide(flags, args.function, { verb: this.verb, reason: flags.reason })
  }

  protected async decide(
    flags: EnvironmentFlags & Partial<ConfirmFlags>,
    name: string,
    steering: Steering,
  ): Promise<SteeringResult> {
    const { config, environment, fn } = await this.locateOne(flags, name)
    const target = targetOf(environment, fn)
    this.tellPart({ function: name })
    const { yes = false } = flags
    const triggers = () => locateTriggers(config, environment.name, fn.name)
    const work = (run: Run) => steerRelease(run, target, { ...steering, triggers })
    const result =
      environment.protected && !waysBack.includes(steering.verb)
        ? await this.changeFunction(
            { ...flags, yes },
            name,
            `${steering.verb === 'step' ? 'promote' : steering.verb} the release of`,
            work,
          )
        : await this.hurriedRun(environment, flags, work)
    this.tellPart({ function: name, outcome: result.phase, release: result.release })
    this.show(`${result.function}: ${result.changed ? '' : 'nothing to do, '}${withTimes(result.summary)}`)
    if (result.changed && ['shifting', 'approved', 'baking'].includes(result.phase)) {
      this.tell(`If no process carries it on, do so: ${commandFor(target, 'canary resume')}`)
    }
    return result
  }
}
