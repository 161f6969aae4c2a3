import type { ResolvedFunction } from '../../config/types.ts'
import { loadHandler } from '../../packaging/load/load-handler.ts'
import { type LocalFunction, localFunction } from '../code/local-function.ts'
import { packagingTools } from '../code/packaging-tools.ts'
import { asFound } from '../release-only/as-found.ts'
import type { Promotion } from '../run/release-options.ts'
import { begin, type Run, type Target } from '../run/run.ts'

/** A function with its finished package. */
export interface Packaged {
  target: Target
  fn: ResolvedFunction
  local: LocalFunction
}

/**
 * Packages a function, and shows notes about the package. Changes nothing in AWS, and reads only the settings of a
 * function that another tool makes, or the version that is promoted.
 *
 * @throws LambdactlError PACKAGE_INVALID, and the errors of `asFound`
 */
export async function packageCandidate(
  run: Run,
  target: Target,
  given: ResolvedFunction,
  promotion?: Promotion,
): Promise<Packaged> {
  const found = await asFound(run, target, given)
  const { fn } = found
  if (!fn.image) begin(run, target, 'packaging')
  const local = await localFunction(run, target, found, promotion)
  announce(run, target, local)
  return { target, fn, local }
}

/**
 * Loads the handler, if there is one to load, and shows notes about it.
 *
 * @throws LambdactlError PACKAGE_INVALID if Lambda couldn't load it
 */
export async function tryHandler(run: Run, { target, fn, local: { code } }: Packaged): Promise<void> {
  if (!code.package) return
  begin(run, target, 'loading')
  const notes = await loadHandler(fn, code.package, packagingTools(run, target.function))
  for (const text of notes) note(run, target, text)
}

function announce(run: Run, target: Target, { code, digest }: LocalFunction): void {
  if (code.leftUndone !== undefined) {
    const unknown = 'so lambdactl does not know whether the code differs, and plans a change'
    return note(run, target, `${code.leftUndone}, ${unknown}`)
  }
  if (!code.package) return code.image === undefined ? undefined : note(run, target, `image ${code.image}`)
  const { zippedBytes, unzippedBytes, bundled, excludedSecrets, files, notes } = code.package
  const sizes = { zippedBytes, unzippedBytes, files: files.length, digest, bundled }
  run.emit({ function: target.function, event: 'packaged', ...sizes })
  if (excludedSecrets.length > 0)
    run.emit({ function: target.function, event: 'left-out', paths: excludedSecrets })
  for (const text of notes) note(run, target, text)
}

function note(run: Run, { function: name }: Target, text: string): void {
  run.emit({ function: name, event: 'noted', text })
}
