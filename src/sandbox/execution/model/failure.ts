/** The reason why an environment or an invocation failed, in Lambda's words. */
export interface Failure {
  /** `Runtime.ExitError`, `Sandbox.Timedout`, or the function's own error type. */
  errorType: string
  /** Without the prefix `RequestId: … Error: `, which is known only for a request. */
  message: string
  /** The report of the function's runtime; the caller gets it unchanged. */
  reported?: Uint8Array | undefined
}

export function isFailure(value: object): value is Failure {
  return 'errorType' in value
}

/** The end of a process: Node's exit event, or its spawn error. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
  error?: NodeJS.ErrnoException | undefined
}

/** Names of signals as in Go, the language of Lambda's supervisor. */
export const signalNames: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGHUP: 'hangup',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
}

export function exitFailure(exit: Exit): Failure {
  if (exit.error) return { errorType: 'Runtime.InvalidEntrypoint', message: exit.error.message }
  return { errorType: 'Runtime.ExitError', message: exitMessage(exit) }
}

function exitMessage({ code, signal }: Exit): string {
  if (signal) return `Runtime exited with error: signal: ${signalNames[signal] ?? signal}`
  return code ? `Runtime exited with error: exit status ${code}` : 'Runtime exited without providing a reason'
}

export function timeoutFailure(limitMs: number): Failure {
  return {
    errorType: 'Sandbox.Timedout',
    message: `Task timed out after ${(limitMs / 1000).toFixed(2)} seconds`,
  }
}

/** A process that had more memory than its function may have, and was killed. */
export function outOfMemoryFailure(): Failure {
  return { ...exitFailure({ code: null, signal: 'SIGKILL' }), errorType: 'Runtime.OutOfMemory' }
}

/** Tells whether the platform ended it at the time limit; a function may report an error of the same name. */
export function isTimeout(failure: Failure): boolean {
  return failure.reported === undefined && failure.errorType === 'Sandbox.Timedout'
}

/** Reads a runtime's post to `init/error` or `invocation/…/error`; its header names the type if the body does not. */
export function reportedFailure(body: Uint8Array, headerType: string | undefined): Failure {
  const parsed = parseObject(body)
  const errorType = textOf(parsed['errorType']) ?? headerType ?? 'Runtime.Unknown'
  const reported = body.byteLength > 0 ? body : encode({ errorType })
  return { errorType, message: textOf(parsed['errorMessage']) ?? '', reported }
}

/** Lambda's limit for a synchronous response: 6 MB and 100 bytes. */
export const largestResponse = 6_291_556

export function tooLargeFailure(): Failure {
  const errorType = 'Function.ResponseSizeTooLarge'
  const message = `Response payload size exceeded maximum allowed payload size (${largestResponse} bytes).`
  return { errorType, message, reported: encode({ errorType, errorMessage: message }) }
}

/** The caller's payload for a failed invocation. */
export function failurePayload(failure: Failure, requestId: string): Uint8Array {
  const { errorType, message } = failure
  return failure.reported ?? encode({ errorType, errorMessage: `RequestId: ${requestId} Error: ${message}` })
}

/** Returns the platform's own log lines for a failure; none if the runtime reported it, and so logged it. */
export function failureLines(failure: Failure, requestId: string, now: number): string[] {
  if (failure.reported) return []
  if (isTimeout(failure)) return [`${new Date(now).toISOString()} ${requestId} ${failure.message}`]
  return [`RequestId: ${requestId} Error: ${failure.message}\n${failure.errorType}`]
}

function encode(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value))
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function parseObject(body: Uint8Array): Record<string, unknown> {
  try {
    return Object(JSON.parse(Buffer.from(body).toString())) as Record<string, unknown>
  } catch {
    // Not JSON: a runtime may post any body, and the caller gets it unchanged.
    return {}
  }
}
