import { join, resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { initService } from '../workflows/init-service.ts'

export default class Init extends BaseCommand {
  static override summary = 'Write a working service to start from.'
  static override description =
    'Never overwrites: where one of its files is there already, nothing is written.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> shop',
    '<%= config.bin %> <%= command.id %> shop --template python',
  ]
  static override args = {
    directory: Args.string({ description: 'the folder to write to; made if it is not there', default: '.' }),
  }
  static override flags = {
    template: Flags.string({
      description: 'what to start from: node or python',
      default: 'node',
      helpValue: 'NAME',
    }),
  }

  async run(): Promise<{ directory: string; files: string[] }> {
    const { args, flags } = await this.parse(Init)
    const directory = resolve(args.directory)
    const templatesDirectory = join(this.config.root, 'templates')
    const { files } = await initService({ templatesDirectory, template: flags.template, directory })
    for (const file of files) this.show(`wrote ${join(args.directory, file)}`)
    this.tell(nextSteps(args.directory))
    return { directory, files }
  }
}

function nextSteps(directory: string): string {
  const lines = [
    ...(directory === '.' ? [] : [`cd ${directory}`]),
    'lambdactl sandbox start',
    'lambdactl deploy --env sandbox',
  ]
  return ['', 'Next:', ...lines.map((line) => `  ${line}`)].join('\n')
}
