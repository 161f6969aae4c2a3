import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { publishedSchema } from '../cli/help/published-schema.ts'
import { configJsonSchema } from '../config/schema/json-schema.ts'

export default class Schema extends BaseCommand {
  static override summary = 'Print the JSON Schema of lambdactl.yaml, or of the JSON that a command prints.'
  static override description =
    'Names of commands are their words, as in `canary status`; `error` is the document of any command that fails. Prints the same with --json. Needs no configuration and no AWS.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> > lambdactl.schema.json',
    '<%= config.bin %> <%= command.id %> canary status',
    '<%= config.bin %> <%= command.id %> status --events',
  ]
  static override args = {
    command: Args.string({ description: 'the words of a command; default: lambdactl.yaml', multiple: true }),
  }
  static override flags = {
    events: Flags.boolean({
      description:
        'the schema of a line, for a command that prints events with --watch and one document without it',
      default: false,
    }),
  }

  async run(): Promise<object> {
    const { args, flags } = await this.parse(Schema)
    const { command = [] } = args
    const isConfig = command.length === 0 && !flags.events
    const schema = isConfig
      ? configJsonSchema()
      : await publishedSchema(this.config.root, command, flags.events)
    this.showAsIs(JSON.stringify(schema, undefined, 2))
    return schema
  }
}
