import * as Flags from '@oclif/core/flags'

const help = {
  template:
    'node or python: one function; or a service for a source of events: api, dynamodb-stream, eventbridge, kinesis, pipeline, s3-objects, schedule, sns-fanout, sqs-worker, step-functions; default: node',
  runtime: "the template's runtime: node (in TypeScript), python, or provided with api; default: node",
}

/** The flags that choose a template. @param exclusive the flags that make a template pointless */
export function templateFlags(exclusive: string[] = []) {
  return {
    template: Flags.string({ description: help.template, exclusive, helpValue: 'NAME' }),
    runtime: Flags.string({ description: help.runtime, exclusive, helpValue: 'RUNTIME' }),
  }
}
