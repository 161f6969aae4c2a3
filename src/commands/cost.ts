import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, type EnvironmentFlags, targetOf } from '../cli/environment-command.ts'
import { countFlag } from '../cli/flags/amounts.ts'
import { namedFunctions } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { durationFlag } from '../cli/flags/values.ts'
import { readPriceFile } from '../config/price-file.ts'
import { LambdactlError } from '../errors/error.ts'
import { costText } from '../ui/results/cost/given.ts'
import { observedCostText } from '../ui/results/cost/observed.ts'
import { releaseCostText } from '../ui/results/cost/release.ts'
import { type Cost, costOf, type PriceTable, pricesFrom, usageOf } from '../workflows/cost/given-cost.ts'
import { type ObservedCost, observedCost } from '../workflows/cost/observed-cost.ts'
import { type CostOfRelease, releaseCost } from '../workflows/cost/release-cost.ts'

export default class CostCommand extends EnvironmentCommand {
  static override summary = "Price a month of functions' use, as it was or as you say."
  static override description =
    'Takes the figures from CloudWatch, or from the flags without asking AWS anything, and the prices from a dated table. Says what other memory, another architecture or provisioned concurrency would cost.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod --month 2026-10',
    '<%= config.bin %> <%= command.id %> --all --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --memory 1024',
    '<%= config.bin %> <%= command.id %> checkout --env prod --release',
    '<%= config.bin %> <%= command.id %> --requests 3M --duration 200ms --memory 512 --region eu-west-1',
  ]
  static override args = namedFunctions
  static override flags = {
    ...environmentFlags,
    all: Flags.boolean({ description: 'all functions of the file' }),
    month: Flags.string({
      description: 'a month in UTC, such as 2026-10; default: the last 30 days',
      helpValue: 'YYYY-MM',
      exclusive: ['requests'],
    }),
    requests: countFlag({
      description: 'requests a month, such as 3M; then nothing is read',
      dependsOn: ['duration', 'memory', 'region'],
    }),
    duration: durationFlag({
      description: 'the mean duration of a request, billed in whole milliseconds',
      dependsOn: ['requests'],
    }),
    inits: countFlag({
      description: 'starts of environments a month, which Lambda bills too',
      dependsOn: ['requests', 'init'],
    }),
    init: durationFlag({ description: 'the mean duration of such a start', dependsOn: ['inits'] }),
    'measure-inits': Flags.boolean({
      description:
        'ask Logs Insights for the starts of environments too; AWS charges by the bytes that it reads',
      exclusive: ['requests', 'release'],
    }),
    memory: Flags.integer({
      description: 'memory in MB: of the given figures, or what a function would cost with it',
      min: 128,
      max: 10_240,
      helpValue: 'MB',
    }),
    arch: Flags.option({
      options: ['x86_64', 'arm64'] as const,
      description:
        'the architecture: of the given figures (default: x86_64), or what a function would cost on it',
    })(),
    provisioned: Flags.integer({
      description: 'environments that are kept ready the whole month',
      min: 1,
      helpValue: 'N',
    }),
    release: Flags.boolean({
      description: 'what a million invocations cost on the candidate and on stable of the last release',
      exclusive: ['requests', 'month', 'all', 'memory', 'arch', 'provisioned'],
    }),
    prices: Flags.string({
      description: 'a file with prices of your own, by Region',
      env: 'LAMBDACTL_PRICES',
      helpValue: 'FILE',
    }),
  }

  protected override readonly needsFunctions = true

  async run(): Promise<Cost | ObservedCost | CostOfRelease> {
    const { args, flags } = await this.parse(CostCommand)
    const names = args.function ?? []
    const table = pricesFrom(flags.prices === undefined ? undefined : await readPriceFile(flags.prices))
    const { requests, duration, memory, region } = flags
    if (requests !== undefined && duration !== undefined && memory !== undefined && region !== undefined) {
      if (names.length > 0 || flags.all) throw twoSources()
      return this.given({ ...flags, requests, duration, memory, region }, table)
    }
    if (names.length > 0 && flags.all) throw someOrAll()
    if (flags.release) return this.ofRelease(flags, names, table)
    if (names.length === 0 && !flags.all) throw nothingNamed()
    return this.observed(flags, flags.all ? [] : names, table)
  }

  private given(flags: GivenFlags, table: PriceTable): Cost {
    const { requests, duration: durationMs, memory: memoryMb, arch = 'x86_64', region } = flags
    const { inits = 0, init: initMs = 0, provisioned = 0 } = flags
    const starts = { inits, initMs, provisioned }
    const cost = costOf(
      usageOf({ requests, durationMs, memoryMb, architecture: arch, ...starts }),
      region,
      table,
    )
    this.show(costText(cost, this.width))
    return cost
  }

  private async observed(
    flags: EnvironmentFlags & ChangeFlags & { month: string | undefined; 'measure-inits': boolean },
    names: readonly string[],
    table: PriceTable,
  ): Promise<ObservedCost> {
    const { environment, functions } = await this.locate(flags, names)
    const run = await this.quickRun(environment, flags)
    const targets = functions.map((fn) => targetOf(environment, fn))
    const { memory: memoryMb, arch: architecture, provisioned, month } = flags
    const change = { memoryMb, architecture, provisioned }
    const asked = { month, table, change, measuresInits: flags['measure-inits'] }
    const cost = await observedCost(run, targets, asked)
    this.show(observedCostText(cost, this.width))
    return cost
  }

  private async ofRelease(
    flags: EnvironmentFlags,
    names: readonly string[],
    table: PriceTable,
  ): Promise<CostOfRelease> {
    const [name, ...others] = names
    if (name === undefined || others.length > 0) {
      throw new LambdactlError('USAGE', `--release prices one function, got ${names.length}.`, {
        next: ['Name one: lambdactl cost FUNCTION --release'],
      })
    }
    const { environment, fn } = await this.locateOne(flags, name)
    const run = await this.quickRun(environment, flags)
    const cost = await releaseCost(run, targetOf(environment, fn), table)
    this.show(releaseCostText(cost, this.width))
    return cost
  }
}

interface ChangeFlags {
  memory: number | undefined
  arch: 'x86_64' | 'arm64' | undefined
  provisioned: number | undefined
}

interface GivenFlags extends ChangeFlags {
  requests: number
  duration: number
  memory: number
  region: string
  inits: number | undefined
  init: number | undefined
}

function nothingNamed(): LambdactlError {
  return new LambdactlError('USAGE', 'There is no function to price, and there are no figures.', {
    next: [
      'Name functions, or all of the file: lambdactl cost --all',
      'Or give figures: lambdactl cost --requests 3M --duration 200ms --memory 512 --region eu-west-1',
    ],
  })
}

function someOrAll(): LambdactlError {
  return new LambdactlError('USAGE', '--all prices all functions of the file, and functions are named too.', {
    next: ['Leave out --all, or the names.'],
  })
}

function twoSources(): LambdactlError {
  return new LambdactlError('USAGE', 'The figures are either those of a function or --requests, not both.', {
    next: ['Leave out the function, or --requests and --duration.'],
  })
}
