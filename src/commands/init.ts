import { basename, join, relative, resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { type TakeOnFlags, takeOn } from '../cli/adopt/take-on.ts'
import { type WrittenCi, writeCi } from '../cli/adopt/write-ci.ts'
import { templateFlags } from '../cli/choose/template-flags.ts'
import { ConnectedCommand } from '../cli/connected-command.ts'
import { adoptionFlags, adoptionSources } from '../cli/flags/adoption.ts'
import { placeFlags } from '../cli/flags/for-shell.ts'
import { isSomebodyThere } from '../cli/interrupt/foreground.ts'
import { serviceNameOf } from '../config/adopt/service-name.ts'
import { shownName } from '../config/load.ts'
import { configSchemaText } from '../config/schema/json-schema.ts'
import type { LocatedEnvironment } from '../config/service/locate.ts'
import { LambdactlError } from '../errors/error.ts'
import { namedConfig } from '../errors/next-step.ts'
import { shellWord } from '../errors/shell-word.ts'
import { type AdoptionsView, adoptionNotes, adoptionText } from '../ui/results/init.ts'
import { pipelineNotes, pipelineText } from '../ui/results/pipeline.ts'
import type { Adoption } from '../workflows/adopt-functions.ts'
import { type CiSystem, ciSystems } from '../workflows/adoption/ci-files.ts'
import { initService } from '../workflows/init-service.ts'
import type { TemplateChoice } from '../workflows/templates/template-names.ts'

/** The written files; the paths of `files` are relative to the directory. */
type Initialised =
  | { directory: string; files: string[] }
  | ({ directory: string } & Adoption)
  | ({ directory: string } & AdoptionsView)
  | WrittenCi

export default class Init extends ConnectedCommand {
  static override summary = 'Write a working service to start from, or take on existing functions.'
  static override description =
    'Never overwrites: if one of its files exists already, nothing is written. With --ci it writes a pipeline for a present lambdactl.yaml, into its repository. With --from and the like it writes existing Lambda functions down, into a new or present lambdactl.yaml. Of a function that an infrastructure tool makes, only its place is written, and its source if the files of that tool tell it (manages: code): lambdactl then changes its code, its versions and the alias alone. Of any other function the configuration is written, with the values of its environment variables, and the code that its alias serves. The next deploy then has nothing to do, except to make a missing alias.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop',
    '<%= config.bin %> <%= command.id %> shop --template python',
    '<%= config.bin %> <%= command.id %> shop --template sqs-worker --runtime python',
    '<%= config.bin %> <%= command.id %> --ci github',
    '<%= config.bin %> <%= command.id %> shop --from shop-checkout-prod --env prod --region eu-west-1',
    '<%= config.bin %> <%= command.id %> --from-stack shop-prod --env prod --region eu-west-1',
  ]
  static override args = {
    directory: Args.string({ description: 'the folder to write to; made if it is missing', default: '.' }),
  }
  static override flags = {
    ...templateFlags(adoptionSources),
    ci: Flags.option({
      description:
        'write a pipeline for the lambdactl.yaml of the folder: staging, prod, pull requests, roll back',
      options: ciSystems,
      exclusive: [...adoptionSources, 'template', 'runtime'],
    })(),
    force: Flags.boolean({ description: 'with --ci: write over files that differ', dependsOn: ['ci'] }),
    ...adoptionFlags,
  }

  async run(): Promise<Initialised> {
    const { args, flags } = await this.parse(Init)
    const { ci } = flags
    if (ci) return this.pipeline(args.directory, { system: ci, force: flags.force })
    const { env, from, 'from-stack': stacks, 'from-tag': tags } = flags
    const isNamed = from !== undefined || stacks !== undefined || tags !== undefined
    if (!isNamed && !this.typesEnvironment()) return this.start(args.directory, flags)
    if (env !== undefined) return this.adopt(args.directory, { ...flags, env })
    throw new LambdactlError('USAGE', '--from needs the environment that the function is in.', {
      next: ['Name it: --env ENV, as in prod; it is written into lambdactl.yaml.'],
    })
  }

  private async start(given: string, { template, runtime }: TemplateChoice): Promise<Initialised> {
    const directory = resolve(given)
    const templatesDirectory = join(this.config.root, 'templates')
    const service = serviceNameOf(basename(directory))
    const schema = configSchemaText()
    const { files } = await initService({
      templatesDirectory,
      template,
      runtime,
      directory,
      service,
      schema,
    })
    this.show(files.map((file) => `wrote ${join(given, file)}`).join('\n'))
    this.tell(nextSteps(given, files))
    return { directory, files }
  }

  private async pipeline(given: string, wishes: { system: CiSystem; force: boolean }): Promise<WrittenCi> {
    const written = await writeCi(resolve(given), {
      ...wishes,
      templatesDirectory: join(this.config.root, 'templates', 'ci'),
      canAsk: !this.jsonEnabled() && isSomebodyThere(),
      again: this.typedLine('--force'),
    })
    const shown = written.files.map((file) => join(relative(process.cwd(), written.root), file))
    this.show(pipelineText(shown))
    this.tell(pipelineNotes(written.next))
    return written
  }

  private async adopt(given: string, flags: TakeOnFlags): Promise<Initialised> {
    const directory = resolve(given)
    const file = shownName(join(directory, 'lambdactl.yaml'))
    const isHere = directory === process.cwd()
    this.namedConfig = namedConfig(file, isHere ? undefined : placeFlags({ config: file }).join(' '))
    const canAsk = !this.jsonEnabled() && isSomebodyThere()
    const connect = async (environment: LocatedEnvironment) => {
      const run = await this.quickRun(environment, flags)
      return { run, place: this.place }
    }
    const { view, only } = await takeOn(directory, flags, { connect, canAsk })
    this.show(adoptionText(view))
    this.tell(adoptionNotes(view, given, placeFlags(flags)))
    return { directory, ...(only ?? view) }
  }

  /** The variable LAMBDACTL_ENV may be there for other commands; only a typed flag asks for functions. */
  private typesEnvironment(): boolean {
    const types = (pattern: RegExp) => this.argv.some((word) => pattern.test(word))
    return types(/^(?:--env(?:=|$)|-e)/) && !types(/^--(?:template|runtime)(?:=|$)/)
  }
}

function nextSteps(directory: string, files: readonly string[]): string {
  // A template for a source of events has gates, and its README the commands that make and feed its source.
  const hasSource = files.some((file) => file.startsWith('roles'))
  const [before, after] = hasSource
    ? [['lambdactl alarms ensure --env sandbox'], []]
    : [[], ['lambdactl invoke hello --env sandbox']]
  const lines = [
    ...(directory === '.' ? [] : [`cd ${shellWord(directory)}`]),
    'lambdactl sandbox start --detach',
    ...before,
    'lambdactl deploy --env sandbox',
    ...after,
  ]
  return [
    '',
    'Next, on this machine alone:',
    ...lines.map((line) => `  ${line}`),
    ...(hasSource ? ['README.md says how to make its source, to feed it, and to see the effect.'] : []),
    'While you write: `lambdactl dev` gives each save to the sandbox.',
  ].join('\n')
}
