import type {
  AsyncInvocation,
  FunctionUrl,
  Recursion,
  RuntimeUpdates,
} from '../function/attachments/attachments.ts'

/** The settings that are attached to a function or an alias and belong to no version. */
export interface Attachments {
  /** Undefined: Lambda's defaults hold. */
  asyncInvocation(functionName: string, alias: string): Promise<AsyncInvocation | undefined>
  setAsyncInvocation(functionName: string, alias: string, settings: AsyncInvocation): Promise<void>
  /** The URL of the alias itself; undefined if it has none. */
  url(functionName: string, alias: string): Promise<FunctionUrl | undefined>
  createUrl(functionName: string, alias: string, url: FunctionUrl): Promise<void>
  updateUrl(functionName: string, alias: string, url: FunctionUrl): Promise<void>
  deleteUrl(functionName: string, alias: string): Promise<void>
  /** Whether everybody may invoke the alias through its URL, and whether `makePublic` allowed it. */
  publicGrants(functionName: string, alias: string): Promise<{ complete: boolean; ours: boolean }>
  /** Allows everybody to invoke the alias through its URL; a URL without authentication needs this. */
  makePublic(functionName: string, alias: string): Promise<void>
  /** Removes the permission from `makePublic`. */
  makePrivate(functionName: string, alias: string): Promise<void>
  /** Without AWS's own tags, which nobody else may change. */
  tags(functionName: string): Promise<Readonly<Record<string, string>>>
  tag(functionName: string, tags: Readonly<Record<string, string>>): Promise<void>
  untag(functionName: string, names: readonly string[]): Promise<void>
  /** Reads Lambda's setting for a detected loop. */
  recursion(functionName: string): Promise<Recursion>
  setRecursion(functionName: string, loops: Recursion): Promise<void>
  /** The ARN of the function's code signing configuration; empty: none. */
  codeSigning(functionName: string): Promise<string>
  setCodeSigning(functionName: string, arn: string): Promise<void>
  /** @param version a number or $LATEST */
  runtimeUpdates(functionName: string, version: string): Promise<RuntimeUpdates>
  /** The version may be `changing` afterwards. */
  setRuntimeUpdates(functionName: string, version: string, updates: RuntimeUpdates): Promise<void>
}
