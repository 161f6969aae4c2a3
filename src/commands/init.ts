import { basename, join, resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { ConnectedCommand } from '../cli/connected-command.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { placeFlags } from '../cli/flags/for-shell.ts'
import type { ConnectFlags } from '../cli/place/choose-place.ts'
import { prepareAdoption } from '../cli/prepare-adoption.ts'
import { serviceNameOf } from '../config/adopt/service-name.ts'
import { shownName } from '../config/load.ts'
import { configSchemaText } from '../config/schema/json-schema.ts'
import { LambdactlError } from '../errors/error.ts'
import { namedConfig } from '../errors/next-step.ts'
import { shellWord } from '../errors/shell-word.ts'
import { adoptionNotes, adoptionText } from '../ui/results/init.ts'
import { type Adoption, adoptFunction } from '../workflows/adopt-function.ts'
import { initService } from '../workflows/init-service.ts'

/** The written files; the paths of `files` are relative to the directory. */
type Initialised = { directory: string; files: string[] } | ({ directory: string } & Adoption)

const { region, 'endpoint-url': endpointUrl, profile, verbose } = environmentFlags
/** A template needs no AWS. */
const dependsOn = ['from']

export default class Init extends ConnectedCommand {
  static override summary = 'Write a working service to start from, or take on an existing function.'
  static override description =
    'Never overwrites: if one of its files exists already, nothing is written. With --from it writes an existing Lambda function down: its configuration into a new or present lambdactl.yaml, and the code that its alias serves. The next deploy then has nothing to do, except to make a missing alias. Then the file contains the values of environment variables.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop',
    '<%= config.bin %> <%= command.id %> shop --template python',
    '<%= config.bin %> <%= command.id %> shop --from shop-checkout-prod --env prod --region eu-west-1',
  ]
  static override args = {
    directory: Args.string({ description: 'the folder to write to; made if it is missing', default: '.' }),
  }
  static override flags = {
    template: Flags.string({
      description: 'the template: node or python',
      default: 'node',
      exclusive: ['from'],
      helpValue: 'NAME',
    }),
    from: Flags.string({
      description: 'the name in Lambda of the function to take on; needs --env',
      helpValue: 'FUNCTION',
    }),
    env: Flags.string({
      char: 'e',
      env: 'LAMBDACTL_ENV',
      description:
        'with --from: the environment that it is in, added to lambdactl.yaml where it is not there',
      helpValue: 'ENV',
    }),
    alias: Flags.string({
      description: 'with --from: the alias that traffic follows, if there are several',
      dependsOn,
      helpValue: 'NAME',
    }),
    region: { ...region, dependsOn },
    'endpoint-url': { ...endpointUrl, dependsOn },
    profile: { ...profile, dependsOn },
    verbose: { ...verbose, dependsOn },
  }

  async run(): Promise<Initialised> {
    const { args, flags } = await this.parse(Init)
    const { from, env } = flags
    if (from === undefined) return this.start(args.directory, flags.template)
    if (env !== undefined) return this.adopt(args.directory, { ...flags, from, env })
    throw new LambdactlError('USAGE', '--from needs the environment that the function is in.', {
      next: ['Name it: --env ENV, as in prod; it is written into lambdactl.yaml.'],
    })
  }

  private async start(given: string, template: string): Promise<Initialised> {
    const directory = resolve(given)
    const templatesDirectory = join(this.config.root, 'templates')
    const service = serviceNameOf(basename(directory))
    const schema = configSchemaText()
    const { files } = await initService({ templatesDirectory, template, directory, service, schema })
    for (const file of files) this.show(`wrote ${join(given, file)}`)
    this.tell(nextSteps(given))
    return { directory, files }
  }

  private async adopt(
    given: string,
    flags: ConnectFlags & { from: string; env: string; alias: string | undefined },
  ): Promise<Initialised> {
    const directory = resolve(given)
    const file = shownName(join(directory, 'lambdactl.yaml'))
    const isHere = directory === process.cwd()
    this.namedConfig = namedConfig(file, isHere ? undefined : placeFlags({ config: file }).join(' '))
    const { environment, options } = await prepareAdoption(directory, flags)
    const run = await this.quickRun(environment, flags)
    const adoption = await adoptFunction(run, options)
    this.show(adoptionText(adoption))
    this.tell(adoptionNotes(adoption, flags.env, given))
    return { directory, ...adoption }
  }
}

function nextSteps(directory: string): string {
  const lines = [
    ...(directory === '.' ? [] : [`cd ${shellWord(directory)}`]),
    'lambdactl sandbox start --detach',
    'lambdactl deploy --env sandbox',
    'lambdactl invoke hello --env sandbox',
  ]
  return ['', 'Next, on this machine alone:', ...lines.map((line) => `  ${line}`)].join('\n')
}
