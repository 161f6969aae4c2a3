import { withTimes } from '../ui/text/time.ts'
import { commandFor } from '../workflows/run/run.ts'
import {
  type Steering,
  type SteeringResult,
  type SteeringVerb,
  steerRelease,
} from '../workflows/steer-release.ts'
import { EnvironmentCommand, type EnvironmentFlags, targetOf } from './environment-command.ts'
import { oneFunction } from './flags/args.ts'
import { environmentFlags } from './flags/environment.ts'
import { recordedFlag } from './flags/values.ts'

/** A command for a person's decision about a release in progress; it works from any machine, and can be repeated. */
export abstract class SteeringCommand extends EnvironmentCommand {
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    reason: recordedFlag({ description: 'the reason, for the record' }),
  }

  /** Set again here: oclif's manifest only includes what a class inherits from its direct parent. */
  static override enableJsonFlag = true

  protected abstract readonly verb: SteeringVerb

  async run(): Promise<SteeringResult> {
    // oclif reads a class's own statics, not inherited ones.
    const { args: argsOf, flags: flagsOf, enableJsonFlag } = SteeringCommand
    const { args, flags } = await this.parse({ args: argsOf, flags: flagsOf, enableJsonFlag })
    return this.decide(flags, args.function, { verb: this.verb, reason: flags.reason })
  }

  protected async decide(flags: EnvironmentFlags, name: string, steering: Steering): Promise<SteeringResult> {
    const { environment, fn } = await this.locateOne(flags, name)
    const target = targetOf(environment, fn)
    this.tellPart({ function: name })
    const result = await this.hurriedRun(environment, flags, (run) => steerRelease(run, target, steering))
    this.tellPart({ function: name, outcome: result.phase, release: result.release })
    this.show(`${result.function}: ${result.changed ? '' : 'nothing to do, '}${withTimes(result.summary)}`)
    if (result.changed && ['shifting', 'approved', 'baking'].includes(result.phase)) {
      this.tell(`If no process carries it on, do so: ${commandFor(target, 'canary resume')}`)
    }
    return result
  }
}
