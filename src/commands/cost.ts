import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { countFlag } from '../cli/flags/amounts.ts'
import { durationFlag } from '../cli/flags/values.ts'
import { costText } from '../ui/results/cost.ts'
import { type Cost, costOf } from '../workflows/cost.ts'

export default class CostCommand extends BaseCommand {
  static override summary = "Price a month of a function's use."
  static override description =
    'Takes the figures from the flags, and the prices from a dated table. Asks nothing of AWS.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --requests 3M --duration 200ms --memory 512 --region eu-west-1',
  ]
  static override flags = {
    requests: countFlag({ description: 'requests a month, such as 3M', required: true }),
    duration: durationFlag({ description: 'the mean billed duration of a request', required: true }),
    memory: Flags.integer({
      description: "the function's memory in MB",
      min: 128,
      max: 10_240,
      required: true,
      helpValue: 'MB',
    }),
    arch: Flags.option({
      options: ['x86_64', 'arm64'] as const,
      description: 'the architecture; default: x86_64',
      default: 'x86_64' as const,
    })(),
    region: Flags.string({ description: 'the AWS Region', required: true, helpValue: 'REGION' }),
  }

  async run(): Promise<Cost> {
    const { flags } = await this.parse(CostCommand)
    const { requests, duration, memory, arch, region } = flags
    const use = { architecture: arch, memoryMb: memory, storageMb: 512, requests }
    const seconds = (requests * duration) / 1000
    const cost = costOf({ ...use, seconds, provisionedSeconds: 0, provisionedRunSeconds: 0 }, region)
    this.show(costText(cost, this.width))
    return cost
  }
}
