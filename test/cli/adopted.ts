import {
  CreateAliasCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { type ZipEntry, zipOf } from '../sandbox/lambda/zip.ts'
import type { TestSandbox } from './sandbox.ts'

/** A function that lambdactl has never seen, made as other tools make them. */
export class ForeignFunction {
  readonly name: string
  private readonly lambda: TestSandbox['lambda']

  constructor({ lambda }: TestSandbox, name: string) {
    this.lambda = lambda
    this.name = name
  }

  /** @param files undefined for a function of an image */
  async create(
    files: ZipEntry[] | undefined,
    settings: Partial<CreateFunctionCommandInput> = {},
  ): Promise<this> {
    await this.lambda.send(
      new CreateFunctionCommand({
        FunctionName: this.name,
        Role: 'arn:aws:iam::000000000000:role/legacy',
        Code: {},
        ...(files && { Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { ZipFile: zipOf(files) } }),
        ...settings,
      }),
    )
    await waitUntilFunctionActiveV2({ client: this.lambda, maxWaitTime: 20 }, { FunctionName: this.name })
    return this
  }

  async updateCode(files: ZipEntry[]): Promise<void> {
    await this.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: this.name, ZipFile: zipOf(files) }))
    await this.settled()
  }

  async updateSettings(settings: Partial<UpdateFunctionConfigurationCommandInput>): Promise<void> {
    await this.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: this.name, ...settings }))
    await this.settled()
  }

  async publish(description?: string): Promise<string> {
    const input = { FunctionName: this.name, Description: description }
    return (await this.lambda.send(new PublishVersionCommand(input))).Version ?? ''
  }

  async alias(name: string, version: string): Promise<void> {
    const input = { FunctionName: this.name, Name: name, FunctionVersion: version }
    await this.lambda.send(new CreateAliasCommand(input))
  }

  private async settled(): Promise<void> {
    await waitUntilFunctionUpdatedV2({ client: this.lambda, maxWaitTime: 20 }, { FunctionName: this.name })
  }
}
