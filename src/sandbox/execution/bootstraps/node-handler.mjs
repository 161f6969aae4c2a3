// Finds the handler in the function's code, and runs it in any of its styles.
import { streamsAnswer } from './node-streaming.mjs'

const { statSync } = process.getBuiltinModule('node:fs')
const { resolve, sep } = process.getBuiltinModule('node:path')
const { pathToFileURL } = process.getBuiltinModule('node:url')

/** Since Node.js 24, Lambda accepts no handler with a callback. */
const callbacksAllowed = !/nodejs(2[4-9]|[3-9]\d)\./.test(process.env.AWS_EXECUTION_ENV ?? '')

function named(name, message) {
  return Object.assign(new Error(message), { name })
}

/**
 * @param root the code directory
 * @param text such as `dir/file.handler`
 */
export async function loadHandler(root, text) {
  const [, directory = '', file, path] = /^(.*\/)?([^./]+)\.(.+)$/.exec(text) ?? []
  if (!file) throw named('Runtime.MalformedHandlerName', 'Bad handler')
  const base = resolve(root, directory, file)
  if (!base.startsWith(`${resolve(root)}${sep}`) && !base.startsWith('/opt/')) {
    throw named(
      'Runtime.MalformedHandlerName',
      `'${text}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    )
  }
  const module = await loadModule(base, `${directory}${file}`)
  const handler = member(module, path) ?? (hasOpenDefault(module) ? member(module.default, path) : undefined)
  if (handler === undefined) {
    throw named('Runtime.HandlerNotFound', `${text} is undefined or not exported`)
  }
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${text} is not a function`)
  if (handler.length > 2 && !callbacksAllowed && !streamsAnswer(handler))
    throw new CallbackHandlerDeprecated()
  return handler
}

export class CallbackHandlerDeprecated extends Error {
  name = 'Runtime.CallbackHandlerDeprecated'
  constructor() {
    super(
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later.',
    )
  }
}

/**
 * Before Node.js 24, Lambda looks into the default export of CommonJS only. Node can tell the two kinds apart since
 * version 23.
 */
function hasOpenDefault(module) {
  return !callbacksAllowed || 'module.exports' in module || Number.parseInt(process.versions.node, 10) < 23
}

function member(value, path) {
  return path.split('.').reduce((inner, key) => inner?.[key], value)
}

async function loadModule(base, name) {
  const file = ['', '.js', '.mjs', '.cjs'].map((extension) => base + extension).find((path) => isFile(path))
  if (!file) throw named('Runtime.ImportModuleError', `Error: Cannot find module '${name}'`)
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    if (error instanceof SyntaxError) throw renamed('Runtime.UserCodeSyntaxError', error)
    const missing = error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND'
    throw missing ? renamed('Runtime.ImportModuleError', error) : error
  }
}

function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function renamed(name, error) {
  const { stack } = error
  return Object.assign(named(name, `${error.name}: ${error.message}`), { stack: `${name}: ${stack}` })
}

/**
 * Runs the handler. A promise is awaited; without one its callback counts. If the event loop runs empty before, an
 * unsettled promise is an error and a missing callback gives null, as on Lambda.
 */
export function answerWith(handler, event, context) {
  return new Promise((resolveAnswer, rejectAnswer) => {
    let whenIdle = () => resolveAnswer(null)
    const onIdle = () => whenIdle()
    const settle = (act) => (value) => {
      process.off('beforeExit', onIdle)
      act(value)
    }
    const succeed = settle(resolveAnswer)
    const fail = settle(rejectAnswer)
    const callback = (error, value) => {
      const failed = error !== null && error !== undefined
      const finish = () => (failed ? fail(error) : succeed(value))
      if (context.callbackWaitsForEmptyEventLoop && !failed) whenIdle = finish
      else finish()
    }
    process.once('beforeExit', onIdle)
    try {
      const result = handler(event, context, ...(callbacksAllowed ? [callback] : []))
      if (typeof result?.then === 'function') {
        whenIdle = () => rejectAnswer(neverSettled())
        result.then(succeed, fail)
      } else if (!callbacksAllowed) succeed(result)
    } catch (error) {
      fail(error)
    }
  })
}

function neverSettled() {
  return named(
    'Runtime.NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
  )
}
