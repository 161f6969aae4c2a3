import type { Aws } from '../ports/aws.ts'
import type { Run, Target } from '../workflows/run/run.ts'
import { EnvironmentCommand, type EnvironmentFlags, targetOf } from './environment-command.ts'
import { keepingSecrets } from './output/keeping-secrets.ts'

/** A command that reads the versions of one function; the secrets among their variables are masked. */
export abstract class VersionsCommand extends EnvironmentCommand {
  protected async onFunction<Result>(
    flags: EnvironmentFlags,
    name: string,
    work: (run: Run, target: Target) => Promise<Result>,
  ): Promise<Result> {
    const { environment, fn } = await this.locateOne(flags, name)
    const run = await this.quickRun(environment, flags)
    return work(run, targetOf(environment, fn))
  }

  protected override guarded(aws: Aws): Aws {
    return keepingSecrets(super.guarded(aws))
  }
}
