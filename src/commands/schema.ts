import { BaseCommand } from '../cli/base-command.ts'
import { configJsonSchema } from '../config/schema/json-schema.ts'

export default class Schema extends BaseCommand {
  static override summary = 'Print the JSON Schema of lambdactl.yaml, for editors and checks.'
  static override description = 'Prints the same with --json. Needs no configuration and no AWS.'
  static override examples = ['<%= config.bin %> <%= command.id %> > lambdactl.schema.json']

  async run(): Promise<ReturnType<typeof configJsonSchema>> {
    await this.parse(Schema)
    const schema = configJsonSchema()
    this.showAsIs(JSON.stringify(schema, undefined, 2))
    return schema
  }
}
