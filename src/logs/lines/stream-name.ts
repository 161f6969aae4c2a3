/** The writer of a stream, from the stream's name. */
export interface Writer {
  /** Only in custom groups; the name `/aws/lambda/<function>` already tells it. */
  function?: string
  version?: string
}

const lambdaStream = /^\d{4}\/\d\d\/\d\d\/(?<function>[\w-]*)\[(?<version>\$LATEST|\d+)\][0-9a-f]+$/

/** Reads a stream's name: `2026/11/21/[7]0a1b…` or, in a custom group, `2026/11/21/checkout[7]0a1b…`. */
export function writerOf(stream: string): Writer {
  const { function: name, version } = lambdaStream.exec(stream)?.groups ?? {}
  return { ...(name ? { function: name } : {}), ...(version ? { version } : {}) }
}

/** Tells whether a stream of a log group is a function's: other functions and programs may share a group. */
export function isOf(lambdaName: string, group: string, stream: string): boolean {
  return (writerOf(stream).function ?? ownerOf(group)) === lambdaName
}

/** The function that a group is named after. */
function ownerOf(group: string): string | undefined {
  return /^\/aws\/lambda\/(.+)$/.exec(group)?.[1]
}
