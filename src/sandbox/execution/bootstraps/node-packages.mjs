// The packages of layers and of Lambda's runtime, for `import`: Node itself looks into NODE_PATH for `require` only.
const { registerHooks } = process.getBuiltinModule('node:module')
const { pathToFileURL } = process.getBuiltinModule('node:url')

const ofSdk = /^@aws-sdk\/[^/]+/
const missing = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])
const told = new Set()

/** Node has these hooks since 22.15; without them only `require` finds the packages. */
export function findRuntimePackages() {
  registerHooks?.({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context)
      } catch (error) {
        const isPackage = missing.has(error?.code) && /^[@\w]/.test(specifier)
        const found = isPackage ? inNodePath(specifier, context, next) : undefined
        if (found) return found
        if (isPackage && ofSdk.test(specifier)) tell(specifier)
        throw error
      }
    },
  })
}

function inNodePath(specifier, context, next) {
  for (const folder of (process.env.NODE_PATH ?? '').split(':')) {
    try {
      const parentURL = pathToFileURL(folder.replace(/node_modules$/, 'handler.mjs')).href
      return next(specifier, { ...context, parentURL })
    } catch (error) {
      if (!missing.has(error?.code)) throw error
    }
  }
  return undefined
}

function tell(specifier) {
  const [name] = ofSdk.exec(specifier)
  if (told.has(name)) return
  told.add(name)
  console.error(
    `The sandbox found no ${name} on this machine, and Lambda's Node.js has it. → Run 'lambdactl sandbox install-sdk nodejs' ` +
      `once, which brings the most used packages. Or run 'npm install --save-dev ${name}' in the folder where you start ` +
      'the sandbox, then start it again.',
  )
}
