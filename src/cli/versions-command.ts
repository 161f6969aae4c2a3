import type { Aws } from '../ports/aws.ts'
import { EnvironmentCommand } from './environment-command.ts'
import { keepingSecrets } from './output/keeping-secrets.ts'

/** A command that reads the versions of one function; the secrets among their variables are masked. */
export abstract class VersionsCommand extends EnvironmentCommand {
  protected override guarded(aws: Aws): Aws {
    return keepingSecrets(super.guarded(aws))
  }
}
