import type {
  AliasConfiguration,
  ListAliasesResponse,
  ListFunctionsResponse,
  ListTagsResponse,
} from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../protocol/service.ts'

/** A function with its tags. */
export interface TaggedFunction {
  name: string
  arn: string
  tags: Readonly<Record<string, string>>
}

/** The functions of the emulated Lambda, for services that only tell of them. */
export interface LambdaView {
  functions(call: Call): Promise<TaggedFunction[]>
  aliases(call: Call, name: string): Promise<AliasConfiguration[]>
}

/** Reads by the operations of the emulated Lambda, which is asked for with each call. */
export function lambdaView(lambda: () => Operations): LambdaView {
  const run = async <Answer>(operation: string, input: object, call: Call): Promise<Answer> =>
    (await lambda()[operation]?.(input as never, call)) as Answer
  const pages = async <Page extends { NextMarker?: string | undefined }>(
    operation: string,
    input: object,
    call: Call,
  ): Promise<Page[]> => {
    const found: Page[] = []
    let Marker: string | undefined
    do {
      const page = await run<Page>(operation, { ...input, Marker }, call)
      found.push(page)
      Marker = page.NextMarker
    } while (Marker !== undefined)
    return found
  }
  return {
    async functions(call) {
      const found = await pages<ListFunctionsResponse>('ListFunctions', {}, call)
      return Promise.all(
        found
          .flatMap(({ Functions = [] }) => Functions)
          .map(async ({ FunctionName: name = '', FunctionArn: arn = '' }) => {
            const { Tags = {} } = await run<ListTagsResponse>('ListTags', { Resource: arn }, call)
            return { name, arn, tags: Tags }
          }),
      )
    },
    async aliases(call, FunctionName) {
      const found = await pages<ListAliasesResponse>('ListAliases', { FunctionName }, call)
      return found.flatMap(({ Aliases = [] }) => Aliases)
    },
  }
}
