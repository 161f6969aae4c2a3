import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, targetOf } from '../cli/environment-command.ts'
import { countFlag } from '../cli/flags/amounts.ts'
import { severalFunctions } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { durationFlag } from '../cli/flags/values.ts'
import { readPriceFile } from '../config/price-file.ts'
import { LambdactlError } from '../errors/error.ts'
import { costText } from '../ui/results/cost/given.ts'
import { observedCostText } from '../ui/results/cost/observed.ts'
import { type Cost, costOf, type GivenUse, pricesFrom, usageOf } from '../workflows/cost/given-cost.ts'
import { type ObservedCost, observedCost } from '../workflows/cost/observed-cost.ts'

export default class CostCommand extends EnvironmentCommand {
  static override summary = "Price a month of functions' use, as it was or as you say."
  static override description =
    'Takes the figures from CloudWatch, or from the flags without asking AWS anything, and the prices from a dated table. Says what other memory, another architecture or provisioned concurrency would cost.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod --month 2026-10',
    '<%= config.bin %> <%= command.id %> --all --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --memory 1024',
    '<%= config.bin %> <%= command.id %> --requests 3M --duration 200ms --memory 512 --region eu-west-1',
  ]
  static override args = severalFunctions
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
    prices: Flags.string({
      description: 'a file with prices of your own, by Region',
      env: 'LAMBDACTL_PRICES',
      helpValue: 'FILE',
    }),
  }

  async run(): Promise<Cost | ObservedCost> {
    const { args, flags } = await this.parse(CostCommand)
    const names = args.function ?? []
    const own = flags.prices === undefined ? undefined : await readPriceFile(flags.prices)
    const table = pricesFrom(own)
    const { requests, duration, memory, arch, region, provisioned } = flags
    if (requests !== undefined && duration !== undefined && memory !== undefined && region !== undefined) {
      if (names.length > 0 || flags.all) throw twoSources()
      const use: GivenUse = {
        requests,
        durationMs: duration,
        memoryMb: memory,
        architecture: arch ?? 'x86_64',
      }
      const starts = { inits: flags.inits ?? 0, initMs: flags.init ?? 0, provisioned: provisioned ?? 0 }
      const cost = costOf(usageOf({ ...use, ...starts }), region, table)
      this.show(costText(cost, this.width))
      return cost
    }
    if (names.length === 0 && !flags.all) throw nothingNamed()
    const { environment, functions } = await this.locate(flags, flags.all ? [] : names)
    const run = await this.quickRun(environment, flags)
    const targets = functions.map((fn) => targetOf(environment, fn))
    const change = { memoryMb: memory, architecture: arch, provisioned }
    const cost = await observedCost(run, targets, { month: flags.month, table, change })
    this.show(observedCostText(cost, this.width))
    return cost
  }
}

function nothingNamed(): LambdactlError {
  return new LambdactlError('USAGE', 'There is no function to price, and there are no figures.', {
    next: [
      'Name functions, or all of the file: lambdactl cost --all',
      'Or give figures: lambdactl cost --requests 3M --duration 200ms --memory 512 --region eu-west-1',
    ],
  })
}

function twoSources(): LambdactlError {
  return new LambdactlError('USAGE', 'The figures are either those of a function or --requests, not both.', {
    next: ['Leave out the function, or --requests and --duration.'],
  })
}
