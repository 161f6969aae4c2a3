import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, type Located, targetOf } from '../cli/environment-command.ts'
import { exitCodeOfDifference } from '../cli/exit/exit-codes.ts'
import { severalFunctions } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { functionsToRelease } from '../cli/functions-to-release.ts'
import { overrideLines } from '../config/file/override-lines.ts'
import { type DiffAdvice, diffText } from '../ui/results/diff/diff.ts'
import { diffMarkdown, type ShownDiff } from '../ui/results/diff/markdown.ts'
import { patchTexts } from '../ui/results/diff/patch.ts'
import { diff, type FunctionDiff } from '../workflows/diff.ts'
import { commandFor, type Target } from '../workflows/run/run.ts'

export default class Diff extends EnvironmentCommand {
  static override summary = 'Show the changes that a deploy would make, in configuration and code.'
  static override description =
    'Compares the function here with the version that the alias serves, and that version with $LATEST, which somebody may have changed by hand. Such drift is marked if a deploy would overwrite it. Names environment variables, never their values. Changes nothing.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --patch',
    '<%= config.bin %> <%= command.id %> checkout --env prod --exit-code --json',
  ]
  static override args = severalFunctions
  static override flags = {
    ...environmentFlags,
    build: Flags.boolean({
      description:
        "run the file's build commands and install Python packages; --no-build runs no code of the project, and names the code that it can't compare",
      default: true,
      allowNo: true,
    }),
    patch: Flags.boolean({
      description:
        "also show the code's differences as text: of its sources if both packages have source maps, else of the packaged files",
    }),
    markdown: Flags.boolean({
      description: 'write Markdown for the comment of a pull request, of at most 65,536 characters',
    }),
    'exit-code': Flags.boolean({
      description:
        'like git diff, exit 1 if anything differs, drift included, else 0; the one exception from the codes of `lambdactl help exit-codes`',
    }),
  }

  async run(): Promise<{ functions: FunctionDiff[] }> {
    const { args, flags } = await this.parse(Diff)
    const located = await this.locate(flags, args.function ?? [])
    const run = await this.quickRun(located.environment, flags)
    const shown: ShownDiff[] = []
    for (const fn of await functionsToRelease(located, { load: false, build: flags.build })(run)) {
      const target = targetOf(located.environment, fn)
      const found = await diff(run, target, fn, {
        isProtected: located.environment.protected,
        asText: flags.patch,
      })
      const one = { diff: found, advice: advice(located, target) }
      shown.push(one)
      if (!flags.markdown) this.showOne(one)
    }
    if (flags.markdown) {
      this.showAsIs(
        diffMarkdown(shown, located.environment.name, this.typedLine().replace(' --markdown', '')),
      )
    }
    const diffs = shown.map((each) => each.diff)
    const differs = diffs.some(
      ({ deploys, attachments, drift }) => deploys || attachments.length > 0 || drift,
    )
    if (flags['exit-code'] && differs) process.exitCode = exitCodeOfDifference
    return { functions: diffs }
  }

  private showOne({ diff: found, advice: next }: ShownDiff): void {
    this.show(diffText(found, next, this.width))
    // Lines of code are not wrapped.
    for (const text of patchTexts(found)) this.showAsIs(text)
  }
}

function advice({ config, environment }: Located, target: Target): DiffAdvice {
  const { name, protected: isProtected } = environment
  return {
    configName: config.shownAs,
    keepLines: (fields) => overrideLines(name, target.function, fields),
    deploy: commandFor(target, 'deploy', ...(isProtected ? ['--overwrite-drift'] : [])),
  }
}
