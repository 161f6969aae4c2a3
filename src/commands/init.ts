import { basename, join, resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { askWhich } from '../cli/adopt/ask-which.ts'
import { askedFunctions, type SourceFlags } from '../cli/adopt/asked-functions.ts'
import { chosenFunctions, leftOf, newFunctions, shownCandidate } from '../cli/adopt/chosen-functions.ts'
import { type EntryFlags, functionsToAdopt } from '../cli/adopt/functions-to-adopt.ts'
import { outputsAt } from '../cli/adopt/outputs-at.ts'
import { prepareAdoption } from '../cli/adopt/prepare-adoption.ts'
import { ConnectedCommand } from '../cli/connected-command.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { placeFlags } from '../cli/flags/for-shell.ts'
import { isSomebodyThere } from '../cli/interrupt/foreground.ts'
import type { ConnectFlags } from '../cli/place/choose-place.ts'
import { serviceNameOf } from '../config/adopt/service-name.ts'
import { shownName } from '../config/load.ts'
import { configSchemaText } from '../config/schema/json-schema.ts'
import { LambdactlError } from '../errors/error.ts'
import { firstNames } from '../errors/first-few.ts'
import { namedConfig } from '../errors/next-step.ts'
import { shellWord } from '../errors/shell-word.ts'
import { type AdoptionsView, adoptionNotes, adoptionText } from '../ui/results/init.ts'
import { type Adoption, adoptFunctions } from '../workflows/adopt-functions.ts'
import {
  type FunctionsToFind,
  findFunctions,
  type LocatedCandidate,
} from '../workflows/adoption/find-functions.ts'
import { initService } from '../workflows/init-service.ts'

/** The written files; the paths of `files` are relative to the directory. */
type Initialised =
  | { directory: string; files: string[] }
  | ({ directory: string } & Adoption)
  | ({ directory: string } & AdoptionsView)

type AdoptionFlags = ConnectFlags &
  SourceFlags &
  EntryFlags & { env: string; alias: string | undefined; function: readonly string[] | undefined }

const { region, 'endpoint-url': endpointUrl, profile, verbose } = environmentFlags
/** A template needs no AWS, and nothing of an existing function. */
const sources = ['from', 'from-stack', 'from-tag']
const relationships = [{ type: 'some' as const, flags: [...sources, 'env'] }]

export default class Init extends ConnectedCommand {
  static override summary = 'Write a working service to start from, or take on existing functions.'
  static override description =
    'Never overwrites: if one of its files exists already, nothing is written. With --from and the like it writes existing Lambda functions down, into a new or present lambdactl.yaml. Of a function that an infrastructure tool makes, only its place is written, and its source if the files of that tool tell it (manages: code): lambdactl then changes its code, its versions and the alias alone. Of any other function the configuration is written, with the values of its environment variables, and the code that its alias serves. The next deploy then has nothing to do, except to make a missing alias.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop',
    '<%= config.bin %> <%= command.id %> shop --template python',
    '<%= config.bin %> <%= command.id %> shop --from shop-checkout-prod --env prod --region eu-west-1',
    '<%= config.bin %> <%= command.id %> --from-stack shop-prod --env prod --region eu-west-1',
  ]
  static override args = {
    directory: Args.string({ description: 'the folder to write to; made if it is missing', default: '.' }),
  }
  static override flags = {
    template: Flags.string({
      description: 'the template: node or python',
      default: 'node',
      exclusive: sources,
      helpValue: 'NAME',
    }),
    from: Flags.string({
      description:
        'take on a function by its name in Lambda, or all functions of what a tool wrote, by its path; repeatable; needs --env',
      helpValue: 'FUNCTION|PATH',
      multiple: true,
    }),
    'from-stack': Flags.string({
      description: 'take on all functions of a deployed CloudFormation stack; repeatable; needs --env',
      helpValue: 'NAME',
      multiple: true,
    }),
    'from-tag': Flags.string({
      description: 'take on all functions with this tag, and with all if repeated; needs --env',
      helpValue: 'KEY=VALUE',
      multiple: true,
    }),
    function: Flags.string({
      description:
        'with --from and the like: only this function, by its id there or its name in Lambda, or a pattern; repeatable',
      relationships,
      helpValue: 'ID',
      multiple: true,
    }),
    as: Flags.string({
      description: 'with one function: its name in lambdactl.yaml',
      relationships,
      helpValue: 'NAME',
    }),
    source: Flags.string({
      description: 'with one function: the folder of its sources, in place of its deployed code',
      relationships,
      helpValue: 'DIR',
    }),
    manages: Flags.option({
      options: ['code', 'function'] as const,
      description:
        "lambdactl's part: code, versions and alias alone, or the whole function; default: code for outputs, stacks, tags, and a function whose tags tell of another tool",
      relationships,
    })(),
    env: Flags.string({
      char: 'e',
      env: 'LAMBDACTL_ENV',
      description:
        'with --from and the like: the environment of the functions, added to lambdactl.yaml where it is not there',
      helpValue: 'ENV',
    }),
    alias: Flags.string({
      description: 'with --from and the like: the alias that traffic follows, if there are several',
      relationships,
      helpValue: 'NAME',
    }),
    region: { ...region, relationships },
    'endpoint-url': { ...endpointUrl, relationships },
    profile: { ...profile, relationships },
    verbose: { ...verbose, relationships },
  }

  async run(): Promise<Initialised> {
    const { args, flags } = await this.parse(Init)
    const { env, from, 'from-stack': stacks, 'from-tag': tags } = flags
    const isNamed = from !== undefined || stacks !== undefined || tags !== undefined
    if (!isNamed && !this.typesEnvironment()) return this.start(args.directory, flags.template)
    if (env !== undefined) return this.adopt(args.directory, { ...flags, env })
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

  private async adopt(given: string, flags: AdoptionFlags): Promise<Initialised> {
    const directory = resolve(given)
    const file = shownName(join(directory, 'lambdactl.yaml'))
    const isHere = directory === process.cwd()
    this.namedConfig = namedConfig(file, isHere ? undefined : placeFlags({ config: file }).join(' '))
    const { environment, options } = await prepareAdoption(directory, flags)
    const { wanted, left } = await askedFunctions(flags)
    const run = await this.quickRun(environment, flags)
    const outputs = outputsAt(wanted, this.place)
    const { functions: found, undeployed } = await findFunctions(run, { ...wanted, outputs })
    const chosen = await this.choose(found, flags.function ?? [], wanted.isWhole)
    const isOne = isOneByName(wanted)
    const { fresh, known } = isOne ? { fresh: chosen, known: [] } : newFunctions(chosen, environment)
    const functions = fresh.length === 0 ? [] : await functionsToAdopt(directory, fresh, flags)
    const adopted = await adoptFunctions(run, { ...options(!isOne), functions })
    const view = {
      environment: flags.env,
      functions: adopted.functions,
      known: [...known, ...adopted.known],
      undeployed: [...undeployed, ...adopted.undeployed],
      left: [...left, ...leftOf(fresh, flags.manages)],
      toAlias: fresh.flatMap(({ toAlias = [] }) => toAlias),
    }
    this.show(adoptionText(view))
    this.tell(adoptionNotes(view, given))
    const [only] = adopted.functions
    return isOne && only ? { directory, ...only } : { directory, ...view }
  }

  /** The variable LAMBDACTL_ENV may be there for other commands; only a typed flag asks for functions. */
  private typesEnvironment(): boolean {
    const types = (pattern: RegExp) => this.argv.some((word) => pattern.test(word))
    return types(/^(?:--env(?:=|$)|-e)/) && !types(/^--template(?:=|$)/)
  }

  /** A person at the terminal chooses among several, where no flag did. */
  private async choose(
    found: readonly LocatedCandidate[],
    names: readonly string[],
    isMissing: boolean,
  ): Promise<readonly LocatedCandidate[]> {
    if (found.length === 0) throw nothingFound()
    const chosen = chosenFunctions(found, names)
    const canAsk = names.length === 0 && !this.jsonEnabled() && isSomebodyThere()
    if (isMissing && names.length === 0 && !canAsk) throw noneNamed(chosen)
    if (!canAsk || (chosen.length === 1 && !isMissing)) return chosen
    const numbers = await askWhich(chosen.map(shownCandidate))
    return numbers.flatMap((at) => chosen[at] ?? [])
  }
}

/** One function by its name alone: its result is the document itself. */
function isOneByName({ names, outputs, stacks, tags }: FunctionsToFind): boolean {
  return names.length === 1 && outputs.length + stacks.length + Object.keys(tags).length === 0
}

/** Nobody can be asked which ones of the account are meant. */
function noneNamed(found: readonly LocatedCandidate[]): LambdactlError {
  const names = firstNames(found.map(shownCandidate), 20)
  return new LambdactlError('USAGE', `Expected the functions to take on, got none. There are ${names}.`, {
    next: ['Name them: --from NAME, --from-stack NAME, --from-tag KEY=VALUE, or --function with a pattern.'],
  })
}

function nothingFound(): LambdactlError {
  return new LambdactlError('NOT_FOUND', 'There is no function there.', {
    next: ['Check the names, the Region and the account, and that the functions are deployed.'],
  })
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
